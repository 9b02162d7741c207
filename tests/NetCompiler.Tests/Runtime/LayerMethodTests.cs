using System.Reflection;
using Xunit;

namespace NetCompiler.Tests.Runtime;

/// <summary>Every layer of one input is an attribute and a method of Tensor, with the same options and defaults.</summary>
public class LayerMethodTests
{
    public static TheoryData<Type> Attributes =>
        [.. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void AttributeAndMethod_HaveTheSameOptions(Type attribute)
    {
        MethodInfo method = typeof(Tensor).GetMethod(attribute.Name[..^"Attribute".Length], BindingFlags.Public | BindingFlags.Instance)!;
        Assert.NotNull(method);
        Assert.Equal(typeof(Tensor), method.ReturnType);
        ParameterInfo[] parameters = method.GetParameters();
        Assert.Equal("name", parameters[^1].Name);
        Assert.Null(parameters[^1].DefaultValue);

        // The constructor's parameters come first.
        ParameterInfo[] required = attribute.GetConstructors()[0].GetParameters();
        Assert.Equal(required.Select(parameter => parameter.Name), parameters.Take(required.Length).Select(parameter => parameter.Name));
        Assert.All(required.Zip(parameters), pair => Assert.Equal(pair.First.DefaultValue, pair.Second.DefaultValue));

        object made = attribute.GetConstructors()[0].Invoke([.. required.Select(parameter => parameter.ParameterType.IsArray ? new int[] { 0 } : Activator.CreateInstance(parameter.ParameterType))]);
        PropertyInfo[] named = [.. attribute.GetProperties().Where(property => property.CanWrite && property.Name is not ("Name" or "FormerNames"))];
        ParameterInfo[] options = [.. parameters.Skip(required.Length).Where(parameter => parameter.Name is not ("name" or "formerNames"))];
        Assert.Equal(named.Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]).Order(StringComparer.Ordinal), options.Select(option => option.Name).Order(StringComparer.Ordinal));
        Assert.All(named, property =>
        {
            ParameterInfo option = options.Single(option => string.Equals(option.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(property.PropertyType, option.ParameterType);
            object value = property.GetValue(made)!;
            Assert.Equal(value is Enum ? Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) : value, option.DefaultValue is Enum member ? Convert.ToInt32(member, System.Globalization.CultureInfo.InvariantCulture) : option.DefaultValue);
        });
    }
}

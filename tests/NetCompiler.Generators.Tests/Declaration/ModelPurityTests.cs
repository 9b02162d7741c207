using System.Reflection;
using NetCompiler.Generators.Declaration;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Declaration;

public class ModelPurityTests
{
    [Fact]
    public void Spec_HoldsOnlyPlainData()
    {
        var seen = new HashSet<Type>();
        Visit(typeof(NetworkSpec), nameof(NetworkSpec), seen);
        Assert.Contains(typeof(ScalarInstruction), seen);
        Assert.Contains(typeof(SettingSpec), seen);
    }

    private static void Visit(Type type, string path, HashSet<Type> seen)
    {
        if (type == typeof(string) || type.IsPrimitive || type.IsEnum || !seen.Add(type))
        {
            return;
        }

        Assert.False(type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} is a {type}.");
        if (type.IsArray)
        {
            Visit(type.GetElementType()!, path + "[]", seen);
            return;
        }

        Expect.True(type.Namespace!.StartsWith("NetCompiler.Generators", StringComparison.Ordinal), $"{path} is a {type}, neither plain data nor a record of ours.");
        Expect.True(typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type), $"{path}: {type} does not compare by value.");
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Visit(field.FieldType, $"{path}.{field.Name}", seen);
        }
    }
}

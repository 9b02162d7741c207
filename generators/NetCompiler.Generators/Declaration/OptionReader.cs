using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>An attribute's arguments as options, every default filled in.</summary>
internal static class OptionReader
{
    /// <summary>The options in the order of <paramref name="defaults"/>; null where an argument cannot be read, which is then reported.</summary>
    public static EquatableArray<OptionSpec>? Read(Reading reading, AttributeData attribute, IReadOnlyList<OptionSpec> defaults)
    {
        if (attribute.AttributeConstructor is not { } constructor || GeneratedConstants.AreUsedBy(reading, attribute))
        {
            reading.IsFaulty = true; // otherwise the compiler reports the arguments
            return null;
        }

        OptionSpec[] options = [.. defaults];
        bool isWhole = true;
        for (int i = 0; i < attribute.ConstructorArguments.Length; i++)
        {
            string name = constructor.Parameters[i].Name;
            int index = IndexOf(defaults, name);
            isWhole &= Set(reading, attribute, options, index >= 0 || i >= defaults.Count ? index : i, attribute.ConstructorArguments[i], name);
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            isWhole &= Set(reading, attribute, options, IndexOf(defaults, argument.Key), argument.Value, argument.Key);
        }

        return isWhole ? new EquatableArray<OptionSpec>(options) : (EquatableArray<OptionSpec>?)null;
    }

    /// <summary>Whether the declaration gives the option itself.</summary>
    public static bool IsGiven(AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name);

    private static int IndexOf(IReadOnlyList<OptionSpec> options, string name)
    {
        for (int i = 0; i < options.Count; i++)
        {
            if (string.Equals(options[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Set(Reading reading, AttributeData attribute, OptionSpec[] options, int index, TypedConstant value, string written)
    {
        if (value.Kind == TypedConstantKind.Error)
        {
            reading.IsFaulty = true; // the compiler reports it, or GeneratedConstants has
            return false;
        }

        if (index < 0)
        {
            return true; // Name, FormerNames and the like have readers of their own
        }

        OptionSpec option = options[index];
        switch (option.Type)
        {
            case OptionType.Integer when value.Value is int number:
                options[index] = option with { Number = number };
                return true;
            case OptionType.Boolean when value.Value is bool flag:
                options[index] = option with { Number = flag ? 1 : 0 };
                return true;
            case OptionType.Text when value.Value is string or null:
                options[index] = option with { Text = value.Value as string ?? "" };
                return true;
            case OptionType.IntegerList when value.Kind == TypedConstantKind.Array:
                options[index] = option with { Integers = Integers(value) };
                return true;
            case OptionType.Real when value.Value is double or float or int:
                return SetReal(reading, attribute, options, index, Convert.ToDouble(value.Value, System.Globalization.CultureInfo.InvariantCulture), written);
            case OptionType.Enumeration when value.Kind == TypedConstantKind.Enum && Member(value) is { } member:
                options[index] = option with { Text = $"{value.Type!.Name}.{member}" };
                return true;
            case OptionType.Enumeration when value.Kind == TypedConstantKind.Enum:
                reading.Report("NC0206", attribute, written, $"{value.Value}", value.Type!.Name);
                return false;
            default:
                reading.IsFaulty = true;
                return false;
        }
    }

    private static bool SetReal(Reading reading, AttributeData attribute, OptionSpec[] options, int index, double number, string written)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            reading.Report("NC0205", attribute, written, options[index].Name, double.IsNaN(number) ? "NaN" : "infinite");
            return false;
        }

        options[index] = options[index] with { Number = number };
        return true;
    }

    public static EquatableArray<int> Integers(TypedConstant value)
        => value.IsNull ? default : new EquatableArray<int>(value.Values.Select(item => item.Value is int number ? number : 0));

    /// <summary>The member's name, or null for a number that has none.</summary>
    public static string? Member(TypedConstant value)
        => value.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value.Value))?.Name;
}

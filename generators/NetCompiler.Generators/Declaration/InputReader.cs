using System.Globalization;
using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>[Input] and [Tokens], on the class of a sequential network or on a parameter of Forward.</summary>
internal static class InputReader
{
    private static readonly OptionSpec[] InputOptions = [new("Shape", OptionType.IntegerList, 0, "", default)];

    private static readonly OptionSpec[] TokenOptions =
    [
        new("Length", OptionType.Integer, 0, "", default),
        new("Vocabulary", OptionType.Integer, 0, "", default),
        new("Padding", OptionType.Integer, -1, "", default),
    ];

    /// <summary>The input of a sequential network; without a shape where it is missing or has no meaning.</summary>
    public static InputSpec Read(Reading reading, DeclaredAttributes declared)
    {
        if (declared.Inputs.Count == 0)
        {
            if (declared.KnownLayers == int.MaxValue)
            {
                reading.Report("NC0208", reading.ClassLocation, reading.Type.Name);
            }

            return new InputSpec("input", default);
        }

        AttributeData attribute = declared.Inputs[0];
        reading.Places.Inputs.Add(new AttributePlace(attribute));
        if (declared.Inputs.Count > 1)
        {
            if (declared.Inputs.Select(DeclaredAttributes.KindOf).Distinct().Count() > 1)
            {
                reading.Report("NC0014", declared.Inputs[1], "", reading.Type.Name);
            }

            reading.IsFaulty = true; // the compiler reports a second [Input] (CS0579)
        }

        return Read(reading, attribute, "input");
    }

    /// <summary>The input that one attribute declares; without a shape, and reported, where it has no meaning.</summary>
    public static InputSpec Read(Reading reading, AttributeData attribute, string name)
    {
        var none = new InputSpec(name, default);
        if (DeclaredAttributes.KindOf(attribute) == "Tokens")
        {
            return OptionReader.Read(reading, attribute, TokenOptions) is { } tokens ? CheckTokens(reading, attribute, name, tokens) : none with { Vocabulary = 1 };
        }

        return OptionReader.Read(reading, attribute, InputOptions) is { } options && Check(reading, attribute, new Shape([.. options[0].Integers])) is { } shape
            ? none with { Shape = shape.Sizes }
            : none;
    }

    private static InputSpec CheckTokens(Reading reading, AttributeData attribute, string name, EquatableArray<OptionSpec> options)
    {
        int length = (int)options[0].Number, vocabulary = (int)options[1].Number, padding = (int)options[2].Number;
        bool isValid = Check("Length", length, length >= 1, "at least 1")
            & Check("Vocabulary", vocabulary, vocabulary >= 1, "at least 1: the number of different tokens")
            & (vocabulary < 1 || Check("Padding", padding, padding >= -1 && padding < vocabulary, $"-1 for none, or a token from 0 to {Text(vocabulary - 1)}"));
        return new InputSpec(name, isValid ? new[] { length } : default(EquatableArray<int>), Math.Max(vocabulary, 1), padding);

        bool Check(string option, int value, bool isInRange, string range)
        {
            if (!isInRange)
            {
                reading.Report("NC0201", attribute, option, name, option, Text(value), range);
            }

            return isInRange;
        }
    }

    private static Shape? Check(Reading reading, AttributeData attribute, Shape shape)
    {
        if (shape.Rank == 0 || shape.Sizes.Any(size => size < 1))
        {
            reading.Report("NC0210", attribute, "Shape", shape.ToString());
            return null;
        }

        if (shape.Length > int.MaxValue)
        {
            reading.Report("NC0211", attribute, "Shape", "input", "has the shape " + shape);
            return null;
        }

        return shape;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

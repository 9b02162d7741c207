using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>The input of a sequential network.</summary>
internal static class InputReader
{
    /// <summary>The shape, or null where it is missing or has no meaning.</summary>
    public static Shape? Read(Reading reading, DeclaredAttributes declared)
    {
        if (declared.Inputs.Count == 0)
        {
            if (declared.KnownLayers == int.MaxValue)
            {
                reading.Report("NC0208", reading.ClassLocation, reading.Type.Name);
            }

            return null;
        }

        AttributeData attribute = declared.Inputs[0];
        reading.Places.Inputs.Add(attribute);
        if (declared.Inputs.Count > 1)
        {
            reading.IsFaulty = true; // the compiler reports the second [Input] (CS0579)
        }

        EquatableArray<OptionSpec>? options = OptionReader.Read(reading, attribute, [new OptionSpec("Shape", OptionType.IntegerList, 0, "", default)]);
        if (options is not { } read)
        {
            return null;
        }

        return Check(reading, attribute, new Shape([.. read[0].Integers]));
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
}

using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>The [Loss] attributes, checked against the output that they judge.</summary>
internal static class LossReader
{
    private static readonly OptionSpec[] Options =
    [
        new("Kind", OptionType.Enumeration, 0, "", default),
        new("Method", OptionType.Text, 0, "", default),
        new("Output", OptionType.Text, 0, "", default),
        new("Weight", OptionType.Real, 1, "", default),
        new("FromLogits", OptionType.Boolean, 0, "", default),
        new("LabelSmoothing", OptionType.Real, 0, "", default),
        new("Delta", OptionType.Real, 1, "", default),
    ];

    public static EquatableArray<LossSpec> Read(Reading reading, DeclaredAttributes declared, EquatableArray<LayerSpec> layers, EquatableArray<OutputSpec> outputs)
    {
        Shape? output = reading.Places.Shapes[reading.Places.Shapes.Count - 1];
        var names = new SpanNames(reading);
        var losses = new List<LossSpec>();
        foreach (AttributeData attribute in declared.Losses)
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            if (OptionReader.Read(reading, attribute, Options) is { } options && ReadLoss(reading, attribute, options, layers, outputs, output) is { } loss)
            {
                losses.Add(names.Check(attribute, loss));
                reading.Places.Losses.Add(attribute);
            }
        }

        CheckWithoutLoss(reading, declared, outputs);
        return new EquatableArray<LossSpec>(losses);
    }

    private static LossSpec? ReadLoss(
        Reading reading, AttributeData attribute, EquatableArray<OptionSpec> options, EquatableArray<LayerSpec> layers, EquatableArray<OutputSpec> outputs, Shape? output)
    {
        string kind = options[0].Text.Substring(options[0].Text.IndexOf('.') + 1);
        var loss = new LossSpec(kind, options[1].Text)
        {
            Outputs = new[] { 0 },
            Weight = options[3].Number,
            FromLogits = options[4].Number != 0,
            LabelSmoothing = options[5].Number,
            Delta = options[6].Number,
        };
        LossChecks.CheckOptions(reading, attribute, loss);
        if (options[2].Text.Length > 0 && !outputs.Any(candidate => string.Equals(candidate.Name, options[2].Text, StringComparison.OrdinalIgnoreCase)))
        {
            reading.Report("NC0304", attribute, "Output", options[2].Text, string.Join(", ", outputs.Select(candidate => candidate.Name)));
        }

        if (kind.Length == 0)
        {
            return LossMethodReader.Read(reading, attribute, loss, output);
        }

        if (output is { Rank: > 0 } shape)
        {
            LossChecks.CheckOutput(reading, attribute, loss, layers, shape);
        }

        return loss with { Targets = new[] { TargetOf(kind, output) } };
    }

    /// <summary>One class per distribution for the sparse losses, otherwise the output's shape.</summary>
    private static TargetSpec TargetOf(string kind, Shape? output)
    {
        if (output is not { Rank: > 0 } shape)
        {
            return new TargetSpec("target", default, kind is "SparseCategoricalCrossentropy" or "NegativeLogLikelihood" ? 1 : 0);
        }

        return kind is "SparseCategoricalCrossentropy" or "NegativeLogLikelihood"
            ? new TargetSpec("target", shape.Sizes.Take(shape.Rank - 1).ToArray(), shape[-1])
            : new TargetSpec("target", shape.Sizes, 0);
    }

    private static void CheckWithoutLoss(Reading reading, DeclaredAttributes declared, EquatableArray<OutputSpec> outputs)
    {
        foreach (AttributeData attribute in declared.WithoutLoss)
        {
            if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not string name)
            {
                reading.IsFaulty = true;
            }
            else if (!outputs.Any(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                reading.Report("NC0304", attribute, "Output", name, string.Join(", ", outputs.Select(candidate => candidate.Name)));
            }
            else if (declared.Losses.Count > 0)
            {
                reading.Report("NC0309", attribute, "", name);
            }
        }
    }
}

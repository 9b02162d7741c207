using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration.Functional;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>The [Loss] attributes, checked against the outputs that they judge.</summary>
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

    public static EquatableArray<LossSpec> Read(Reading reading, DeclaredAttributes declared, ForwardNetwork network, SpanNames names)
    {
        var outputs = new LossOutputs(reading, declared, network.Outputs);
        var losses = new List<LossSpec?>();
        foreach (AttributeData attribute in declared.Losses)
        {
            reading.CancellationToken.ThrowIfCancellationRequested();
            LossSpec? loss = OptionReader.Read(reading, attribute, Options) is { } options ? ReadLoss(reading, attribute, options, network, outputs) : null;
            losses.Add(loss is null ? null : names.Check(attribute, loss));
        }

        CheckWithoutLoss(reading, declared, network.Outputs, outputs, losses);
        reading.Places.Losses.AddRange(declared.Losses);
        return new EquatableArray<LossSpec>(losses.Select((loss, i) => loss ?? names.WithoutTaken(LossStandIns.Of(reading, declared.Losses[i], network, outputs))));
    }

    private static LossSpec? ReadLoss(Reading reading, AttributeData attribute, EquatableArray<OptionSpec> options, ForwardNetwork network, LossOutputs outputs)
    {
        string kind = options[0].Text.Substring(options[0].Text.IndexOf('.') + 1);
        var loss = new LossSpec(kind, options[1].Text)
        {
            Weight = options[3].Number,
            FromLogits = options[4].Number != 0,
            LabelSmoothing = options[5].Number,
            Delta = options[6].Number,
        };
        LossChecks.CheckOptions(reading, attribute, loss);
        int? named = outputs.Named(attribute, options[2].Text);
        if (kind.Length == 0)
        {
            return LossMethodReader.Read(reading, attribute, loss, network, outputs, named);
        }

        if ((named ?? outputs.Only(attribute, kind)) is not { } judged)
        {
            return null;
        }

        loss = loss with { Outputs = new[] { judged } };
        Shape? output = network.OutputShape(reading, judged);
        if (output is { Rank: > 0 } shape)
        {
            LossChecks.CheckOutput(reading, attribute, loss, network, judged, shape);
        }

        return loss with { Targets = new[] { TargetOf(loss, output, network) } };
    }

    /// <summary>The target of a built-in loss: one class per distribution for the sparse ones, otherwise the output's shape.</summary>
    public static TargetSpec TargetOf(LossSpec loss, Shape? output, ForwardNetwork network)
    {
        string name = network.Outputs.Count == 1 ? "target" : network.Outputs[loss.Outputs[0]].Name;
        bool isSparse = loss.Kind is "SparseCategoricalCrossentropy" or "NegativeLogLikelihood";
        if (output is not { Rank: > 0 } shape)
        {
            return new TargetSpec(name, output is null ? default(EquatableArray<int>) : new[] { 1 }, isSparse ? 1 : 0);
        }

        return isSparse ? new TargetSpec(name, shape.Sizes.Take(shape.Rank - 1).ToArray(), shape[-1]) : new TargetSpec(name, shape.Sizes, 0);
    }

    private static void CheckWithoutLoss(Reading reading, DeclaredAttributes declared, EquatableArray<OutputSpec> outputs, LossOutputs names, IReadOnlyList<LossSpec?> losses)
    {
        var without = new HashSet<int>();
        foreach (AttributeData attribute in declared.WithoutLoss)
        {
            if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not string name)
            {
                reading.IsFaulty = true;
            }
            else if (names.Named(attribute, name) is { } output)
            {
                without.Add(output);
                if (losses.Any(loss => loss is not null && loss.Outputs.Contains(output)))
                {
                    reading.Report("NC0309", attribute, "", name);
                }
            }
        }

        // What a loss judges that could not be read, or that names no output, is not known.
        bool areKnown = !losses.Contains(null) && !reading.Findings.Any(finding => finding.Id is "NC0010" or "NC0304" or "NC0313");
        for (int i = 0; i < outputs.Count && losses.Count > 0 && areKnown; i++)
        {
            if (!without.Contains(i) && !losses.Any(loss => loss!.Outputs.Contains(i)))
            {
                reading.Report("NC0314", reading.Places.Outputs[i], outputs[i].Name);
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Schedule;

/// <summary>Makes the plan that the members are written from.</summary>
internal static class PlanNetwork
{
    // Options that layers were given after files had been saved: left as they are, they change nothing.
    private static readonly string[] AddedLater = ["KeepDims", "MergeMode", "Normalize", "OutputUnits"];

    private static readonly string[] StartsOrPenalizes = ["Initializer", "Scale", "L1", "L2"];

    public static NetworkPlan Run(NetworkSpec spec, IReadOnlyList<Shape> shapes)
    {
        IReadOnlyList<PlannedWeight> weights = WeightPlanner.Run(spec, shapes);
        return new NetworkPlan
        {
            Spec = spec,
            Shapes = shapes,
            Weights = weights,
            Targets = Targets(spec),
            Settings = [.. spec.Losses.SelectMany(loss => loss.Settings)],
            LossParts = spec.Losses.Count + (weights.Any(weight => weight.Spec.L1 != 0 || weight.Spec.L2 != 0) ? 1 : 0),
            ArchitectureHash = Hash(spec, weights),
            PredictOneScratch = 0,
            PredictManyRows = 0,
            PredictManyScratch = 0,
            BatchedFloats = 0,
            FixedFloats = 0,
        };
    }

    /// <summary>The plan with the memory that the programs of all machines need.</summary>
    public static NetworkPlan WithMemory(NetworkPlan plan, IReadOnlyList<ProgramMemory> machines) => plan with
    {
        PredictOneScratch = machines.Max(memory => memory.PredictOne),
        SharesOneSample = machines.All(memory => memory.IsOneShared),
        PredictManyScratch = machines.Max(memory => memory.PredictMany),
        PrepareScratch = machines.Max(memory => memory.Prepare),
        Step = plan.Step is null ? null : plan.Step with { Scratch = machines.Max(memory => memory.PredictNext), IsTurned = machines.Any(memory => memory.IsNextTurned) },
        BatchedFloats = machines.Max(memory => memory.Batched),
        FixedFloats = machines.Max(memory => memory.Fixed),
        ScratchFloats = machines.Max(memory => memory.Scratch),
        SamplesPerPart = machines.Max(memory => memory.SamplesPerPart),
        SplitWeights = [.. machines.SelectMany(memory => memory.SplitWeights).Distinct().Select(weight => plan.Weights[weight])],
        AlwaysWrittenInputGradients = [.. machines.SelectMany(memory => memory.AlwaysWrittenInputGradients).Distinct().OrderBy(input => input)],
    };

    // In the order of the outputs, however the losses are listed.
    private static List<TargetSpec> Targets(NetworkSpec spec)
    {
        var targets = new List<TargetSpec>();
        foreach (TargetSpec target in spec.Losses.OrderBy(loss => loss.Outputs.DefaultIfEmpty().First()).SelectMany(loss => loss.Targets))
        {
            if (!targets.Any(other => string.Equals(other.Name, target.Name, StringComparison.OrdinalIgnoreCase)))
            {
                targets.Add(target);
            }
        }

        return targets;
    }

    // Hosts of some cultures write a minus of their own.
    private static string Integers(IEnumerable<int> values) => string.Join(",", values.Select(value => NumberText.Integer(value)));

    // How weights start, what is added to the loss and what exists in training only change no prediction; a method counts by what it computes.
    private static bool AffectsInference(OptionSpec option) => option.Name switch
    {
        "ActivationMethod" or "Rate" or "Deviation" or "Momentum" or "Dropout" or "RecurrentDropout" or "UnitForgetBias" => false,
        "Scale" => option.Type == OptionType.Boolean, // of a normalization; of a weight of the user's own it is how it starts
        var name => !StartsOrPenalizes.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)),
    };

    // Kinds, shapes, options and functions: everything that changes what a prediction is. Names of layers change nothing.
    private static string Hash(NetworkSpec spec, IReadOnlyList<PlannedWeight> weights)
    {
        var text = new StringBuilder("1;");
        foreach (InputSpec input in spec.Inputs)
        {
            text.Append($"input {Integers(input.Shape)} {NumberText.Integer(input.Vocabulary)} {NumberText.Integer(input.Padding)};");
        }

        foreach (LayerSpec layer in spec.Layers)
        {
            text.Append($"{layer.Kind} {Integers(layer.Operands)}");
            if (layer.SharedWith >= 0)
            {
                text.Append($" as {NumberText.Integer(layer.SharedWith)}");
            }

            IReadOnlyList<OptionSpec> defaults = LayerRule.Find(layer.Kind)!.Options;
            foreach (OptionSpec option in layer.Options.Where(option => AffectsInference(option) && !(AddedLater.Contains(option.Name) && defaults.Contains(option))))
            {
                text.Append($" {option.Name}={option.Text}{NumberText.Real(option.Number)}{Integers(option.Integers)}");
            }

            foreach (ScalarInstruction instruction in layer.Function?.Instructions ?? default)
            {
                text.Append($" {instruction.Operation}({Integers(instruction.Operands)}){NumberText.Real(instruction.Number)}");
            }

            text.Append(';');
        }

        text.Append($"outputs {string.Join(",", spec.Outputs.Select(output => NumberText.Integer(output.Value)))};");
        text.Append($"weights {string.Join(",", weights.Select(weight => weight.Spec.Name + weight.Spec.Shape))}");
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}

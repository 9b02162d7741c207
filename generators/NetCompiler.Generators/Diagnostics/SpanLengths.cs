using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>The number of values that one sample takes in each span of a network's members, by the name of the parameter.</summary>
internal sealed class SpanLengths
{
    private static readonly string[] WithTargets = ["Step", "ComputeGradients", "ComputeLoss"];

    private readonly Dictionary<string, long> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _steps = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _outputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _targets = new(StringComparer.OrdinalIgnoreCase);
    private long _parameters;

    public static SpanLengths Of(INamedTypeSymbol network, CancellationToken cancellationToken)
    {
        var lengths = new SpanLengths();
        DeclarationResult declaration = NetworkReader.Read(network, cancellationToken);
        if (declaration.Spec is not { IsFaulty: false } spec)
        {
            return lengths; // the declaration's own diagnostic comes first
        }

        foreach (InputSpec input in spec.Inputs)
        {
            var shape = new Shape([.. input.Shape]);
            lengths._inputs[input.Name] = shape.Length;
            lengths._steps[input.Name] = shape.Length / (shape.Rank == 0 ? 1 : Math.Max(1, shape[0]));
        }

        foreach (OutputSpec output in spec.Outputs)
        {
            if (declaration.Places.Shapes[output.Value] is { } shape)
            {
                lengths._outputs[output.Name] = shape.Length;
                if (spec.Outputs.Count == 1)
                {
                    lengths._outputs["outputGradients"] = shape.Length;
                    lengths._outputs["classes"] = shape.Length / (shape.Rank == 0 ? 1 : Math.Max(1, shape[-1]));
                }
            }
        }

        foreach (TargetSpec target in spec.Losses.SelectMany(loss => loss.Targets))
        {
            lengths._targets[target.Name] = new Shape([.. target.Shape]).Length;
        }

        lengths._parameters = network.GetMembers("ParameterCount").OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int? ?? 0;
        return lengths;
    }

    /// <summary>Whether a method takes all parameters at once, instead of samples.</summary>
    public static bool TakesParameters(string method) => method is "ImportParameters" or "ExportParameters";

    /// <summary>The values per sample of a method's parameter, or null where it is no span of samples. A target may be called like its output. PredictNext takes one step, ImportParameters all parameters.</summary>
    public long? Find(string method, string parameter)
    {
        if (method == "PredictNext")
        {
            return _steps.TryGetValue(parameter, out long step) && step > 0 ? step : null;
        }

        if (TakesParameters(method))
        {
            return _parameters > 0 ? _parameters : null;
        }

        if (parameter == "sampleWeights")
        {
            return 1;
        }

        Dictionary<string, long> others = WithTargets.Contains(method) ? _targets : _outputs;
        return (_inputs.TryGetValue(parameter, out long length) || others.TryGetValue(parameter, out length)) && length > 0 ? length : null;
    }
}

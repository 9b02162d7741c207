using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Diagnostics;

/// <summary>The number of values that one sample takes in each span of a network's members, by the name of the parameter.</summary>
internal sealed class SpanLengths
{
    private readonly Dictionary<string, long> _lengths = new(StringComparer.OrdinalIgnoreCase);

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
            lengths._lengths[input.Name] = new Shape([.. input.Shape]).Length;
        }

        foreach (OutputSpec output in spec.Outputs)
        {
            if (declaration.Places.Shapes[output.Value] is { } shape)
            {
                lengths._lengths[output.Name] = shape.Length;
                lengths._lengths[spec.Outputs.Count == 1 ? "outputGradients" : output.Name] = shape.Length;
                lengths._lengths["classes"] = shape.Length / Math.Max(1, shape[-1]);
            }
        }

        foreach (TargetSpec target in spec.Losses.SelectMany(loss => loss.Targets))
        {
            lengths._lengths[target.Name] = new Shape([.. target.Shape]).Length;
        }

        return lengths;
    }

    public long? Find(string parameter) => _lengths.TryGetValue(parameter, out long length) && length > 0 ? length : null;
}

using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// The layers read so far. Values are numbered: the inputs first, then one per layer; each layer's shape is inferred when it is added, and
/// what its rule finds is reported at its place.
/// </summary>
internal sealed class LayerCollector
{
    private readonly Reading _reading;
    private readonly IReadOnlyList<InputSpec> _inputs;
    private readonly List<LayerSpec> _layers = [];
    private readonly ProblemSink _problems = new();

    /// <param name="reading">Whose declaration it is; its places get the shapes of the inputs, null for those that have none.</param>
    /// <param name="inputs">The inputs.</param>
    public LayerCollector(Reading reading, IReadOnlyList<InputSpec> inputs)
    {
        _reading = reading;
        _inputs = inputs;
        foreach (InputSpec input in inputs)
        {
            reading.Places.Shapes.Add(input.Shape.Count == 0 ? null : new Shape([.. input.Shape]));
        }
    }

    public IReadOnlyList<LayerSpec> Layers => _layers;

    /// <summary>The number of values so far.</summary>
    public int ValueCount => _inputs.Count + _layers.Count;

    /// <summary>The shape of a value, or null where a mistake hides it.</summary>
    public Shape? ShapeOf(int value) => _reading.Places.Shapes[value];

    /// <summary>The name of what gives a value: an input's or a layer's.</summary>
    public string OriginOf(int value) => value < _inputs.Count ? _inputs[value].Name : _layers[value - _inputs.Count].Name;

    /// <summary>Whether a value is a token input.</summary>
    public bool IsToken(int value) => value < _inputs.Count && _inputs[value].Vocabulary > 0;

    /// <summary>Adds a layer and gives the number of its value. Without <paramref name="isKnown"/> its shape stays unknown.</summary>
    public int Add(LayerRule rule, LayerSpec layer, DeclaredPlace place, bool isKnown)
    {
        foreach (int operand in layer.Operands)
        {
            if (IsToken(operand))
            {
                layer = layer with { Vocabulary = _inputs[operand].Vocabulary };
                if (!rule.ReadsTokens)
                {
                    _reading.Report("NC0232", place, "", layer.Name, OriginOf(operand));
                    isKnown = false;
                }
            }
        }

        Shape?[] shapes = [.. layer.Operands.Select(ShapeOf)];
        Shape? result = isKnown && shapes.All(shape => shape is not null) ? Infer(rule, layer, [.. shapes.Select(shape => shape!.Value)], place) : null;
        _layers.Add(layer);
        _reading.Places.Layers.Add(place);
        _reading.Places.Shapes.Add(result);
        return ValueCount - 1;
    }

    private Shape? Infer(LayerRule rule, LayerSpec layer, Shape[] inputs, DeclaredPlace place)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Rank == 0 && !rule.TakesScalars)
            {
                _reading.Report("NC0202", place, "", layer.Name, inputs[i].ToString(), OriginOf(layer.Operands[i]));
                return null;
            }
        }

        int before = _problems.Problems.Count;
        Shape? shape = rule.InferShape(layer, inputs, _problems);
        string[] origins = [.. layer.Operands.Select(OriginOf)];
        foreach (Problem problem in _problems.Problems.Skip(before))
        {
            _reading.Report(problem.Id, place, problem.Option, problem.WithOrigins(origins));
        }

        if (shape is { } result && LayerChecks.Excess(rule, layer, inputs, result) is { } excess)
        {
            _reading.Report("NC0211", place, "", layer.Name, excess);
            return null;
        }

        return shape;
    }
}

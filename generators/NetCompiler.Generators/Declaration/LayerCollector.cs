using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// The layers read so far. Values are numbered: the inputs first, then one per layer; each layer's shape is inferred when it is added, and
/// what its rule finds is reported at its place.
/// </summary>
internal class LayerCollector
{
    private readonly DeclaredPlaces _places;
    private readonly IReadOnlyList<InputSpec> _inputs;
    private readonly List<LayerSpec> _layers = [];
    private readonly ProblemSink _problems = new();
    private long _weights;
    private long _values;

    /// <param name="reading">Whose declaration it is; its places get the shapes of the inputs, null for those that have none.</param>
    /// <param name="inputs">The inputs.</param>
    public LayerCollector(Reading reading, IReadOnlyList<InputSpec> inputs)
        : this(reading, reading.Places, inputs, [.. inputs.Select(input => input.Shape.Count == 0 ? (Shape?)null : new Shape([.. input.Shape]))])
    {
    }

    /// <param name="reading">Whose declaration it is.</param>
    /// <param name="places">Gets the places and the shapes of the values.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="shapes">Their shapes; null for those that have none.</param>
    protected LayerCollector(Reading reading, DeclaredPlaces places, IReadOnlyList<InputSpec> inputs, IReadOnlyList<Shape?> shapes)
    {
        Reading = reading;
        _places = places;
        _inputs = inputs;
        places.Shapes.AddRange(shapes);
        _values = shapes.Sum(shape => shape?.Length ?? 0);
    }

    protected Reading Reading { get; }

    protected int InputCount => _inputs.Count;

    public IReadOnlyList<LayerSpec> Layers => _layers;

    /// <summary>The number of values so far.</summary>
    public int ValueCount => _inputs.Count + _layers.Count;

    /// <summary>The shape of a value, or null where a mistake hides it.</summary>
    public Shape? ShapeOf(int value) => _places.Shapes[value];

    /// <summary>The name of what gives a value: an input's or a layer's.</summary>
    public string OriginOf(int value) => value < _inputs.Count ? _inputs[value].Name : NameOf(_layers[value - _inputs.Count]);

    /// <summary>Whether a value is a token input.</summary>
    public bool IsToken(int value) => value < _inputs.Count && _inputs[value].Vocabulary > 0;

    /// <summary>Adds a layer and gives the number of its value. Without <paramref name="isKnown"/> its shape stays unknown.</summary>
    public virtual int Add(LayerRule rule, LayerSpec layer, DeclaredPlace place, bool isKnown)
    {
        foreach (int operand in layer.Operands)
        {
            if (IsToken(operand))
            {
                layer = layer with { Vocabulary = _inputs[operand].Vocabulary };
                if (!rule.ReadsTokens)
                {
                    Reading.Report("NC0232", place, "", layer.Name, OriginOf(operand));
                    isKnown = false;
                }
            }
        }

        Shape?[] shapes = [.. layer.Operands.Select(ShapeOf)];
        Shape? result = isKnown && shapes.All(shape => shape is not null) ? Infer(rule, layer, [.. shapes.Select(shape => shape!.Value)], place) : null;
        _layers.Add(layer);
        _places.Layers.Add(place);
        _places.Shapes.Add(result);
        return ValueCount - 1;
    }

    /// <summary>The name of the recurrent layer of whose last step alone a vector is made, or empty.</summary>
    public string LastStepOf(int value)
    {
        while (value >= _inputs.Count && ShapeOf(value) is { Rank: 1 } && _layers[value - _inputs.Count] is { Operands.Count: 1 } layer)
        {
            if (layer.Options.Any(option => option is { Name: "ReturnSequences", Number: 0 }))
            {
                return NameOf(layer);
            }

            value = layer.Operands[0];
        }

        return "";
    }

    // What a rule advises can depend on where its operand comes from, which it does not know.
    private Problem Advise(Problem problem, LayerSpec layer)
    {
        string recurrent = problem.AdviceForLastStep.Length > 0 ? layer.Operands.Select(LastStepOf).FirstOrDefault(name => name.Length > 0) ?? "" : "";
        return recurrent.Length > 0 ? problem.WithAdvice(problem.AdviceForLastStep.Replace("{0}", recurrent))
            : problem.AdviceForInput.Length > 0 && layer.Operands[0] < _inputs.Count ? problem.WithAdvice(problem.AdviceForInput) with { Before = problem.Before }
            : problem;
    }

    private Shape? Infer(LayerRule rule, LayerSpec layer, Shape[] inputs, DeclaredPlace place)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Rank == 0 && !rule.TakesScalars)
            {
                Reading.Report("NC0202", place, "", layer.Name, inputs[i].ToString(), OriginOf(layer.Operands[i]));
                return null;
            }
        }

        int before = _problems.Problems.Count;
        Shape? shape = rule.InferShape(layer, inputs, _problems);
        string[] origins = [.. layer.Operands.Select(OriginOf)];
        foreach (Problem problem in _problems.Problems.Skip(before))
        {
            Report(Advise(problem, layer), layer, place, origins);
        }

        if (shape is { } result && LayerChecks.Excess(rule, layer, inputs, result) is { } excess)
        {
            Reading.Report("NC0211", place, "", layer.Name, excess);
            return null;
        }

        // All weights lie in one buffer, and so do a sample's values.
        return shape is { } fitting
            && IsWithin("weights of the network", ref _weights, LayerChecks.WeightsOf(rule, layer, inputs), layer, place)
            && IsWithin("values of one sample", ref _values, fitting.Length, layer, place) ? shape : null;
    }

    private bool IsWithin(string what, ref long sum, long own, LayerSpec layer, DeclaredPlace place)
    {
        sum += own;
        if (sum <= int.MaxValue)
        {
            return true;
        }

        Reading.Report("NC0211", place, "", NameOf(layer), $"brings the {what} to {sum.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)}");
        sum = 0;
        return false;
    }

    /// <summary>What a user knows a layer by.</summary>
    protected virtual string NameOf(LayerSpec layer) => layer.Name;

    /// <summary>Reports what a rule found of a layer.</summary>
    protected virtual void Report(Problem problem, LayerSpec layer, DeclaredPlace place, string[] origins) =>
        Reading.Report(problem, place, origins);
}

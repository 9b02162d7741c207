using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Tests.Common;

/// <summary>Declarations of any form made without a compilation: several inputs, branches, shared steps. Values are numbered as in the declaration.</summary>
internal sealed class FreeSpec
{
    private static readonly string[] SparseLosses = ["SparseCategoricalCrossentropy", "NegativeLogLikelihood"];

    private readonly List<InputSpec> _inputs = [];
    private readonly List<LayerSpec> _layers = [];
    private readonly List<Shape> _shapes = [];
    private readonly List<OutputSpec> _outputs = [];
    private readonly List<LossSpec> _losses = [];

    /// <summary>An input of floats.</summary>
    public int Input(string name, params int[] shape) => Add(new InputSpec(name, [.. shape]));

    /// <summary>An input of tokens.</summary>
    public int Tokens(string name, int length, int vocabulary, int padding = -1) => Add(new InputSpec(name, [length], vocabulary, padding));

    public Shape ShapeOf(int value) => _shapes[value];

    /// <summary>A layer of one input.</summary>
    public int Layer(string kind, int operand, params (string Name, object Value)[] given) => Layer(kind, null, [operand], given);

    /// <summary>A layer with a name of its own.</summary>
    public int Layer(string kind, string? name, int[] operands, params (string Name, object Value)[] given)
    {
        LayerRule rule = LayerRule.Find(kind)!;
        OptionSpec[] options = [.. rule.Options.Select(option => given.FirstOrDefault(value => value.Name == option.Name).Value switch
        {
            null => option,
            string text => option with { Text = text },
            int[] integers => option with { Integers = [.. integers] },
            object number => option with { Number = Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) },
        })];
        int vocabulary = operands.Select(operand => operand < _inputs.Count ? _inputs[operand].Vocabulary : 0).FirstOrDefault();
        name ??= rule.NameStem + (_layers.Count(other => other.Kind == kind) + 1);
        var layer = new LayerSpec(kind, name, [.. operands], [.. options], kind) { Vocabulary = vocabulary };
        var problems = new ProblemSink();
        Shape? shape = rule.InferShape(layer, [.. operands.Select(operand => _shapes[operand])], problems);
        _layers.Add(layer);
        _shapes.Add(shape ?? throw new InvalidOperationException(string.Join(", ", problems.Problems.SelectMany(problem => problem.Arguments.Prepend(problem.Id)))));
        return _shapes.Count - 1;
    }

    public FreeSpec Output(string name, int value)
    {
        _outputs.Add(new OutputSpec(name, value));
        return this;
    }

    /// <summary>A loss of the last output.</summary>
    public FreeSpec Loss(string kind, bool fromLogits = false)
    {
        Shape shape = _shapes[_outputs[^1].Value];
        string name = _outputs.Count == 1 ? "target" : _outputs[^1].Name;
        TargetSpec target = SparseLosses.Contains(kind)
            ? new TargetSpec(name, [.. shape.Sizes.Take(shape.Rank - 1)], shape[-1])
            : new TargetSpec(name, shape.Sizes, 0);
        _losses.Add(new LossSpec(kind, "") { Outputs = [_outputs.Count - 1], Targets = [target], FromLogits = fromLogits });
        return this;
    }

    public NetworkSpec Build() => new()
    {
        Namespace = "Sample",
        Name = "Small",
        Inputs = [.. _inputs],
        Layers = [.. _layers],
        Outputs = [.. _outputs],
        Losses = [.. _losses],
    };

    private int Add(InputSpec input)
    {
        _inputs.Add(input);
        _shapes.Add(new Shape([.. input.Shape]));
        return _shapes.Count - 1;
    }
}

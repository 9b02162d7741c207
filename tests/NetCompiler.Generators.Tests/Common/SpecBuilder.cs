using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Tests.Common;

/// <summary>Sequential declarations made without a compilation: every option has its default unless it is given.</summary>
internal sealed class SpecBuilder
{
    private static readonly string[] SparseLosses = ["SparseCategoricalCrossentropy", "NegativeLogLikelihood"];

    private readonly List<LayerSpec> _layers = [];
    private readonly List<LossSpec> _losses = [];
    private readonly int[] _input;

    private SpecBuilder(int[] input)
    {
        _input = input;
        Shape = new Shape(input);
    }

    /// <summary>The shape after the last layer so far.</summary>
    public Shape Shape { get; private set; }

    public static SpecBuilder Input(params int[] shape) => new(shape);

    public SpecBuilder Dense(int units, string activation = "Linear", double l1 = 0, double l2 = 0, bool useBias = true) => Layer("Dense",
        ("Units", units), ("Activation", "Activation." + activation), ("KernelL1", l1), ("KernelL2", l2), ("UseBias", useBias ? 1 : 0));

    public SpecBuilder Activation(string activation) => Layer("Activation", ("Activation", "Activation." + activation));

    public SpecBuilder Dropout(double rate) => Layer("Dropout", ("Rate", rate));

    public SpecBuilder Reshape(params int[] shape) => Layer("Reshape", ("Shape", shape));

    public SpecBuilder Flatten() => Layer("Flatten");

    public SpecBuilder Normalization() => Layer("Normalization");

    public SpecBuilder Layer(string kind, params (string Name, object Value)[] given)
    {
        LayerRule rule = LayerRule.Find(kind)!;
        OptionSpec[] options = [.. rule.Options.Select(option =>
        {
            (string Name, object Value)[] own = [.. given.Where(value => value.Name == option.Name)];
            return own.Length == 0 ? option : own[0].Value switch
            {
                string text => option with { Text = text },
                int[] integers => option with { Integers = [.. integers] },
                object number => option with { Number = Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) },
            };
        })];
        string name = rule.NameStem + (_layers.Count(other => other.Kind == kind) + 1);
        var layer = new LayerSpec(kind, name, [_layers.Count], [.. options], $"{kind}({string.Join(", ", given.Select(value => value.Value is int[] integers ? string.Join(" ", integers) : value.Value))})");
        Shape = rule.InferShape(layer, [Shape], new ProblemSink()) ?? throw new InvalidOperationException($"{kind} does not take {Shape}.");
        _layers.Add(layer);
        return this;
    }

    public SpecBuilder Loss(string kind, bool fromLogits = false, double labelSmoothing = 0, double weight = 1, double delta = 1)
    {
        TargetSpec target = SparseLosses.Contains(kind)
            ? new TargetSpec("target", [.. Shape.Sizes.Take(Shape.Rank - 1)], Shape[-1])
            : new TargetSpec("target", Shape.Sizes, 0);
        _losses.Add(new LossSpec(kind, "") { Outputs = [0], Targets = [target], FromLogits = fromLogits, LabelSmoothing = labelSmoothing, Weight = weight, Delta = delta });
        return this;
    }

    public NetworkSpec Build() => new()
    {
        Namespace = "Sample",
        Name = "Small",
        Inputs = [new InputSpec("input", [.. _input])],
        Layers = [.. _layers],
        Outputs = [new OutputSpec("output", _layers.Count)],
        Losses = [.. _losses],
    };
}

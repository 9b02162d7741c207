using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule;

namespace Benchmarks.Kernels;

/// <summary>A dense layer over a batch, or the product of its matrix with the vector of one sample.</summary>
/// <param name="Features">The inputs.</param>
/// <param name="Units">The outputs.</param>
/// <param name="Batch">The samples of a call.</param>
internal sealed record DenseCase(int Features, int Units, int Batch) : KernelCase(Batch)
{
    /// <summary>The layers of the peers' networks.</summary>
    public static IReadOnlyList<DenseCase> Layers { get; } =
        [new(784, 128, 1), new(784, 128, 32), new(784, 128, 128), new(768, 128, 32), new(5408, 128, 1), new(5408, 128, 32), new(2304, 128, 1), new(2304, 128, 32)];

    public override IReadOnlyList<PlannedWeight> Weights { get; } = Plan(new Shape(Features, Units), new Shape(Units));

    public override double Operations => 2.0 * Batch * Features * Units;

    public override int OutputLength => Units;

    public override int InputLength => Features;

    public override bool IsFirst => false;

    public override double ForwardGoal => 0.90;

    /// <summary>The bytes of the matrix: one sample reads each of them once.</summary>
    public double MatrixBytes => 4.0 * Features * Units;

    public override string ToString() => $"{Features} to {Units}, {(Batch == 1 ? "one sample" : $"batch {Batch}")}";

    protected override Node Layer(GraphBuilder builder)
    {
        Node x = builder.Input(InputRole.Feature, 0, new Shape(Features), isBatched: true);
        Node kernel = builder.Input(InputRole.Parameter, 0, Weights[0].Spec.Shape, isBatched: false), bias = builder.Input(InputRole.Parameter, 1, Weights[1].Spec.Shape, isBatched: false);
        return builder.Apply(Elementwise.Relu, builder.Add(builder.Contract("bk", "kn", "bn", x, kernel), bias));
    }
}

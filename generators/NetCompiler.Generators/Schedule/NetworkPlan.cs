using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Schedule;

/// <summary>Everything about a network that its members need to know: sizes, places and names, but no kernel.</summary>
internal sealed record NetworkPlan
{
    public required NetworkSpec Spec { get; init; }

    /// <summary>The shape of every value: the inputs first, then one per layer.</summary>
    public required IReadOnlyList<Shape> Shapes { get; init; }

    /// <summary>For each output the token inputs whose padding tells which of its steps do not count.</summary>
    public IReadOnlyList<IReadOnlyList<int>> PaddedInputs { get; init; } = [];

    /// <summary>All weights, trained ones first, then statistics, in declaration order within each.</summary>
    public required IReadOnlyList<PlannedWeight> Weights { get; init; }

    /// <summary>The targets of all losses, each once, in the order of the signatures: that of the outputs.</summary>
    public required IReadOnlyList<TargetSpec> Targets { get; init; }

    /// <summary>The settings of all losses.</summary>
    public required IReadOnlyList<SettingSpec> Settings { get; init; }

    /// <summary>The number of entries in Training.Losses: one per loss, then one for all regularizers if there is any.</summary>
    public required int LossParts { get; init; }

    /// <summary>64 lower-case hexadecimal digits over everything that affects inference.</summary>
    public required string ArchitectureHash { get; init; }

    /// <summary>The floats of scratch of one call of the kernels' PredictOne.</summary>
    public required int PredictOneScratch { get; init; }

    /// <summary>Whether the kernels have the prediction of one sample in stages, some of which threads share.</summary>
    public bool SharesOneSample { get; init; }

    /// <summary>The rows that one call of the kernels' PredictMany takes at most.</summary>
    public required int PredictManyRows { get; init; }

    /// <summary>The floats of scratch of one call of the kernels' PredictMany.</summary>
    public required int PredictManyScratch { get; init; }

    /// <summary>What PredictNext reads and writes; null in a network that is not causal in time.</summary>
    public StepPlan? Step { get; init; }

    /// <summary>The floats per sample of a training's buffers, the same for every program and width; multiplied by the capacity (the batch size rounded up to 16).</summary>
    public required int BatchedFloats { get; init; }

    /// <summary>The floats of a training's buffers that do not depend on the batch.</summary>
    public required int FixedFloats { get; init; }

    /// <summary>The floats of a training's memory that each thread has for itself.</summary>
    public int ScratchFloats { get; init; }

    /// <summary>The samples that each thread of a training has at least.</summary>
    public int SamplesPerPart { get; init; } = BlockSums.Samples;

    /// <summary>The weights whose rows threads share.</summary>
    public IReadOnlyList<PlannedWeight> SplitWeights { get; init; } = [];

    /// <summary>
    /// Where ranges of the parameters begin of which every thread updates a slice: what it has multiplied by and made the gradient of. Of a wide layer these are some of its
    /// columns, which lie together, or some of its rows, in each panel.
    /// </summary>
    public IEnumerable<int> UpdateStarts => Weights
        .Where(weight => weight.Spec.IsTrainable && weight.Packing == WeightPacking.Panels && weight.PhysicalLength >= TilingPolicy.LeastOwnedWeights)
        .SelectMany(weight => Enumerable.Range(0, SplitWeights.Contains(weight) ? weight.Spec.Shape[1] / TilingPolicy.PanelWidth : 1)
            .Select(panel => weight.Offset + (panel * TilingPolicy.PanelWidth * weight.Spec.Shape[0])).Append(weight.Offset + weight.PhysicalLength))
        .Where(start => start > 0 && start < ParameterLength).Distinct().OrderBy(start => start);

    /// <summary>The inputs whose gradients a kernel writes that runs whether or not they are wanted: they are part of other gradients.</summary>
    public IReadOnlyCollection<int> AlwaysWrittenInputGradients { get; init; } = [];

    /// <summary>What inference derives from the weights.</summary>
    public IReadOnlyList<PlannedDerived> Derived { get; init; } = [];

    /// <summary>The ranges that inference rounds rows by, one behind another.</summary>
    public IReadOnlyList<PlannedDerived> Ranges => [.. Derived.Where(value => value.RangeOf is not null)];

    /// <summary>Those of them that are tables derived row by row.</summary>
    public IReadOnlyList<PlannedRows> DerivedRows { get; init; } = [];

    /// <summary>The floats of scratch of the kernels' Prepare and PrepareRow.</summary>
    public int PrepareScratch { get; init; }

    /// <summary>The floats of what inference derives from the weights; 0 where it reads the weights alone.</summary>
    public int DerivedLength => Total(Derived.Select(value => (long)value.PhysicalLength));

    /// <summary>The padded number of floats of the trained weights.</summary>
    public int ParameterLength => Total(Weights.Where(weight => weight.Spec.IsTrainable).Select(weight => (long)weight.PhysicalLength));

    /// <summary>The padded number of floats of the statistics.</summary>
    public int StatisticsLength => Total(Weights.Where(weight => !weight.Spec.IsTrainable).Select(weight => (long)weight.PhysicalLength));

    /// <summary>About how many products a prediction of one sample takes: each weight once for every row of its layer's input or result, and more for what is no product.</summary>
    public long ProductsPerSample => ElementwiseProducts + Weights.Where(weight => weight.Spec.IsTrainable && Spec.Layers[weight.Layer].Kind is not ("Embedding" or "PositionalEmbedding"))
        .Sum(weight => weight.Spec.Shape.Length * Math.Max(1, Math.Max(RowsOf(Spec.Inputs.Count + weight.Layer), Spec.Layers[weight.Layer].Operands.Select(RowsOf).DefaultIfEmpty(1).Max())));

    private const int ElementwiseProducts = 50;

    private long RowsOf(int value) => Shapes[value].Rank == 0 ? 1 : Shapes[value].Length / Math.Max(1, Shapes[value][-1]);

    /// <summary>Whether training updates statistics, and Forward with training: false is a program of its own.</summary>
    public bool UpdatesStatistics => Spec.Layers.Any(layer => LayerRule.Find(layer.Kind) is { UpdatesStatistics: true });

    /// <summary>The logical number of trained values.</summary>
    public int ParameterCount => Total(Weights.Where(weight => weight.Spec.IsTrainable).Select(weight => weight.Spec.Shape.Length));

    /// <summary>The logical number of statistics.</summary>
    public int StatisticsCount => Total(Weights.Where(weight => !weight.Spec.IsTrainable).Select(weight => weight.Spec.Shape.Length));

    // More than fits is a mistake in the declaration, whose members are still named.
    private static int Total(IEnumerable<long> lengths) => (int)Math.Min(lengths.Sum(), int.MaxValue);
}

/// <summary>A weight with its place.</summary>
/// <param name="Spec">What the layer says of it.</param>
/// <param name="Layer">The index of the layer in the declaration.</param>
/// <param name="FileName">The name in files: dense1.kernel.</param>
/// <param name="MemberName">The name as a member of WeightSet: Dense1Kernel.</param>
/// <param name="Packing">A member of the runtime's WeightPacking.</param>
/// <param name="Offset">The first float in its arena: the parameters or the statistics.</param>
/// <param name="PhysicalLength">The floats it takes there.</param>
internal sealed record PlannedWeight(WeightSpec Spec, int Layer, string FileName, string MemberName, WeightPacking Packing, int Offset, int PhysicalLength)
{
    /// <summary>The product of all axes but the last.</summary>
    public int Rows => Spec.Shape.Length == 0 ? 0 : (int)Spec.Shape.Length / (Spec.Shape.Rank == 0 ? 1 : Spec.Shape[-1]);

    /// <summary>Whether it lies in panels, which for a single row is no other order than row by row.</summary>
    public bool IsInPanels => Packing == WeightPacking.Panels && Rows > 1;
}

/// <summary>A value that inference derives from the weights, with its place in their arena; Flat means rows padded as those of buffers.</summary>
internal sealed record PlannedDerived(Shape Shape, WeightPacking Packing, int Offset, int PhysicalLength)
{
    /// <summary>The weight that names the place whose rows are rounded by this range; null for what is derived from weights.</summary>
    public int? RangeOf { get; init; }
}

/// <summary>A derived table that is computed row by row.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Inputs">The inputs whose tokens name rows.</param>
/// <param name="Source">The place of the first row of the weight among the trained weights.</param>
/// <param name="SourceStride">The floats from one of its rows to the next.</param>
/// <param name="Offset">The place of the table's first row among the derived values.</param>
/// <param name="Stride">The floats from one row of the table to the next.</param>
internal sealed record PlannedRows(int Count, IReadOnlyList<int> Inputs, int Source, int SourceStride, int Offset, int Stride);

/// <summary>How a weight lies in memory; the runtime's enumeration of the same name, and what only derived values have.</summary>
internal enum WeightPacking
{
    /// <summary>Row-major.</summary>
    Flat,

    /// <summary>[columns / 32][rows][32], the columns padded to a multiple of 16.</summary>
    Panels,

    /// <summary>[columns][rows], the rows padded to a multiple of 16.</summary>
    Columns,

    /// <summary>Derived values alone: [columns / 32][rows][16] pairs of bfloat16, the last panel padded to 32 columns.</summary>
    NarrowPanels,

    /// <summary>Derived values alone: panels of 32 columns of integers of 8 bits, with the unit and the sum of each column before them.</summary>
    Int8Panels,
}

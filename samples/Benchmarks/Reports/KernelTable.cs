using System.Globalization;
using Benchmarks.Kernels;
using NetCompiler.Generators.Schedule;

namespace Benchmarks.Reports;

/// <summary>The products of convolutions and dense layers one by one: how much of the machine's multiply-adds they use, or of its reads where one sample reads each weight once.</summary>
internal static class KernelTable
{
    /// <summary>The name of a layer's own product.</summary>
    public const string Forward = "forward";

    /// <summary>The name of a convolution in transformed tiles.</summary>
    public const string ForwardInTiles = "forward in tiles";

    /// <summary>The name of the product that gives the gradient of a layer's input.</summary>
    public const string InputGradient = "gradient of the input";

    /// <summary>The name of the product that gives the gradient of a layer's weights.</summary>
    public const string WeightGradient = "gradient of the weights";

    private const double GradientGoal = 0.87;

    // Of matrices that the second-level cache holds, in bytes per second.
    private const double ReadGoal = 200e9;
    private const double SecondLevelBytes = 1 << 20;

    /// <summary>Measures and tabulates all cases; a first layer is given no gradient of its image, so that none is measured.</summary>
    public static ReportTable Build()
    {
        var table = new ReportTable($"kernels one by one, one thread, the best of {KernelTiming.Blocks} blocks beside the best of the peak's", "layer", "kernel", "microseconds", "reached", "goal", "") { FirstNumber = 2 };
        foreach (KernelCase layer in KernelCase.All)
        {
            (var inference, var training) = layer.Graphs();
            if (layer is DenseCase { Batch: 1 } vector)
            {
                AddReads(table, vector, KernelTiming.Measure(layer, inference, ProgramMode.PredictOne).Single().Seconds);
                continue;
            }

            foreach (KernelTime time in KernelTiming.Measure(layer, inference, ProgramMode.PredictMany))
            {
                AddShare(table, layer, time, layer.ForwardGoal);
            }

            // The operations are those of windows: tiles need fewer, so that they may pass the peak.
            if ((layer as ConvolutionCase)?.Tiles() is { } tiles)
            {
                foreach (KernelTime time in KernelTiming.Measure(layer, tiles.Inference, ProgramMode.PredictMany, tiles.Derived))
                {
                    AddShare(table, layer, time, goal: 0);
                }
            }

            foreach (KernelTime time in KernelTiming.Measure(layer, training, ProgramMode.Training))
            {
                if (time.Kernel == WeightGradient || (time.Kernel == InputGradient && !layer.IsFirst))
                {
                    AddShare(table, layer, time, GradientGoal);
                }
            }
        }

        return table;
    }

    private static void AddShare(ReportTable table, KernelCase layer, KernelTime time, double goal)
    {
        double share = layer.Operations / time.Seconds / time.Peak;
        table.Add(layer.ToString(), time.Kernel, Text(time.Seconds), $"{Numbers.Percent(share)} FMA", goal > 0 ? Numbers.Percent(goal) : "", Verdict(share, goal));
    }

    private static void AddReads(ReportTable table, DenseCase layer, double seconds)
    {
        double reads = layer.MatrixBytes / seconds, goal = layer.MatrixBytes <= SecondLevelBytes ? ReadGoal : 0;
        table.Add(layer.ToString(), "matrix times vector", Text(seconds), $"{Numbers.Giga(reads)} GB/s", goal > 0 ? $"{Numbers.Giga(goal)} GB/s" : "", Verdict(reads, goal));
    }

    private static string Verdict(double reached, double goal) => goal == 0 ? "" : reached >= goal ? "met" : "missed";

    private static string Text(double seconds) => (1e6 * seconds).ToString("F1", CultureInfo.InvariantCulture);
}

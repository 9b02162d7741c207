using Benchmarks.Kernels;
using NetCompiler.Generators.Schedule;
using Spectre.Console;

namespace Benchmarks.Reports;

/// <summary>The kernels of convolutions one by one, and how much of the machine's multiply-adds they use.</summary>
internal static class KernelTable
{
    private const double ForwardGoal = 0.90;
    private const double FirstLayerGoal = 0.85;
    private const double GradientGoal = 0.87;

    /// <summary>Measures and tabulates all cases; a first layer is given no gradient of its image, so that none is measured.</summary>
    /// <param name="peak">The operations per second of multiply-adds without memory.</param>
    public static Table Build(double peak)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("kernels of convolutions, 3 x 3, one thread") };
        table.AddColumns("layer", "kernel", "microseconds", "of the FMA peak", "goal");
        foreach (ConvolutionCase layer in ConvolutionCase.All)
        {
            bool isFirst = layer.Image.Channels < TilingPolicy.RowAlignment;
            (var inference, var training) = layer.Graphs();
            foreach ((string kernel, double seconds) in KernelTiming.Measure(layer, inference, ProgramMode.PredictMany))
            {
                double goal = isFirst ? layer.IsPooled ? FirstLayerGoal : 0 : ForwardGoal;
                Add(table, layer, kernel, seconds, peak, goal);
            }

            // The operations are those of windows: tiles need fewer, so that they may pass the peak.
            if (layer.Tiles() is { } tiles)
            {
                foreach ((string kernel, double seconds) in KernelTiming.Measure(layer, tiles.Inference, ProgramMode.PredictMany, tiles.Derived))
                {
                    Add(table, layer, kernel, seconds, peak, goal: 0);
                }
            }

            // The first one is the forward product again.
            foreach ((string kernel, double seconds) in KernelTiming.Measure(layer, training, ProgramMode.Training).Skip(1))
            {
                if (!isFirst || !kernel.EndsWith("image", StringComparison.Ordinal))
                {
                    Add(table, layer, kernel, seconds, peak, GradientGoal);
                }
            }
        }

        return table;
    }

    private static void Add(Table table, ConvolutionCase layer, string kernel, double seconds, double peak, double goal) =>
        table.AddRow(layer.ToString(), kernel, (1e6 * seconds).ToString("F1", System.Globalization.CultureInfo.InvariantCulture), Numbers.Percent(layer.Operations / seconds / peak), goal > 0 ? Numbers.Percent(goal) : "");
}

using Benchmarks.Contenders;
using Benchmarks.Machine;
using Benchmarks.Measuring;
using Benchmarks.Networks;
using NetCompiler;

namespace Benchmarks.Reports;

/// <summary>The roofline picture (Williams, Waterman and Patterson, 2009): operations per second over operations per byte, below what arithmetic and each level of the memory allow.</summary>
internal static class Roofline
{
    /// <summary>What stands below the picture.</summary>
    public const string Note = "Points above the roofs are convolutions in transformed tiles, which need fewer operations than the windows that are counted.";

    /// <summary>Draws the generated code's figures of one thread.</summary>
    public static Plot Build(IReadOnlyList<NetworkCase> networks, IReadOnlyList<Figure> figures, MachineLimits limits)
    {
        (string Name, RowKey Row, double Intensity, double Rate)[] points = [.. figures
            .Where(figure => figure.Contender == ContenderNames.Generated && figure.Row.Threads == 1 && figure.Row.Mode != Mode.PredictDependent)
            .Select(figure => Point(networks.Single(network => network.Name == figure.Row.Network), figure))];
        double from = points.Min(point => point.Intensity) / 2, to = points.Max(point => point.Intensity) * 2;
        var plot = new Plot("Generated code below the machine's roofs, one thread", "operations per byte of inputs, outputs and weights", "thousand million operations per second")
        {
            HasLogX = true,
            HasLogY = true,
            Size = (960, 600),
        };
        foreach ((string name, double bytesPerSecond) in limits.Bandwidths)
        {
            double ridge = Math.Clamp(limits.FmaPeak / bytesPerSecond, from, to);
            plot.AddLine($"{name}, {Numbers.Giga(bytesPerSecond)} GB/s", [from, ridge, to], [.. new[] { from, ridge, to }.Select(x => 1e-9 * Math.Min(limits.FmaPeak, x * bytesPerSecond))]);
        }

        foreach (var mode in points.GroupBy(point => (point.Row.Mode, point.Row.Batch)))
        {
            string name = mode.Key.Mode == Mode.Train ? $"train, batch {mode.Key.Batch}" : $"predict, batch {mode.Key.Batch}";
            plot.AddPoints(name, [.. mode.Select(point => point.Intensity)], [.. mode.Select(point => 1e-9 * point.Rate)]);
        }

        return plot;
    }

    /// <summary>A call reads its inputs and weights once and writes its outputs; a training step also writes gradients, and reads and writes weights and two moments.</summary>
    private static (string Name, RowKey Row, double Intensity, double Rate) Point(NetworkCase network, Figure figure)
    {
        bool trains = figure.Row.Mode == Mode.Train;
        double operations = trains ? network.TrainOperations(figure.Row.Batch) : network.PredictOperations(figure.Row.Batch);
        double weights = trains ? 7.0 * network.Layers.Sum(layer => layer.Bytes) : network.WeightBytes;
        double bytes = weights + ((double)sizeof(float) * figure.Row.Batch * (network.InputLength + network.OutputLength));
        return (network.Name, figure.Row, operations / bytes, operations / figure.Seconds);
    }
}

using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// How a convolution's tiles are taken block by block, and where a block lies between its transforms: [position][tile][channel] of the image,
/// then [position][tile][filter] of the result.
/// </summary>
/// <param name="Rows">The rows of blocks.</param>
/// <param name="Columns">The blocks of a row.</param>
/// <param name="Channels">The floats from one tile of the image to the next.</param>
/// <param name="Filters">The floats from one tile of the result to the next.</param>
internal sealed record WinogradTiles(IReadOnlyList<TileRun> Rows, IReadOnlyList<TileRun> Columns, int Channels, int Filters)
{
    /// <summary>The places within a transformed tile, each of which is a product of its own.</summary>
    public const int Positions = WinogradTransform.Products * WinogradTransform.Products;

    /// <summary>The floats from one position of the image to the next.</summary>
    public int ImagePosition => (Most * Channels) + TilingPolicy.PositionPadding;

    /// <summary>The floats from one position of the result to the next.</summary>
    public int ResultPosition => (Most * Filters) + TilingPolicy.PositionPadding;

    /// <summary>Where the result begins.</summary>
    public int ResultOffset => Positions * ImagePosition;

    /// <summary>The floats of a block.</summary>
    public int Length => Positions * (ImagePosition + ResultPosition);

    /// <summary>The rows of blocks, from the top down.</summary>
    public int Lines => Rows.Sum(run => run.Count);

    /// <summary>How many threads may have a block each at a time where they share one sample's: as many as there are rows of blocks, or panels of filters where there is one row.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="isShared">Whether threads may share kernels of one sample.</param>
    public static int Blocks(Node node, bool isShared)
    {
        int tiles = WinogradOperation.Tiles(node.Shape[0]) * WinogradOperation.Tiles(node.Shape[1]), filters = node.Shape[-1];
        return !isShared || !TilingPolicy.IsWorthSharing(tiles * Positions, node.Operands[0].Shape[-1], filters) ? 1
            : Of(node).Lines is > 1 and var lines ? lines
            : filters % TilingPolicy.PanelWidth == 0 ? filters / TilingPolicy.PanelWidth : 1;
    }

    private int Most => Rows[0].Size * Columns[0].Size;

    public static WinogradTiles Of(Node node)
    {
        int rows = WinogradOperation.Tiles(node.Shape[0]), columns = WinogradOperation.Tiles(node.Shape[1]);
        int channels = TilingPolicy.Align(node.Operands[0].Shape[-1]), filters = TilingPolicy.Align(node.Shape[-1]);
        return new WinogradTiles(TileRun.Split(rows, Math.Max(1, TilingPolicy.BlockTiles / columns)), TileRun.Split(columns, TilingPolicy.BlockTiles), channels, filters);
    }
}

using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Schedule.Templates;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Blocks of columns cover each column once, at its place in memory.</summary>
public class LaneBlockTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Panels_AreCoveredOnce(int bits)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        foreach (int rows in new[] { 1, 3, 16 })
        {
            for (int columns = 1; columns <= 130; columns++)
            {
                for (int vectors = 1; vectors <= 32 / machine.Lanes; vectors *= 2)
                {
                    int Expected(int column) => (column / 32 * 32 * rows) + (column % 32);
                    Covers(LaneBlock.OfPanels(rows, columns, machine, vectors), columns, machine, Expected,
                        column => Math.Min(32, TilingPolicy.Align(columns) - (column / 32 * 32)));
                }
            }
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Rows_AreCoveredOnce(int bits)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        for (int columns = 1; columns <= 130; columns++)
        {
            Covers(LaneBlock.OfRows(columns, stride: 144, machine, TilingPolicy.TileVectors), columns, machine, column => column, _ => 144);
            Covers(LaneBlock.OfRows(columns, columns, machine, TilingPolicy.LatencyHidingSums), columns, machine, column => column, _ => columns);
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void NarrowPanels_AreCoveredOnce(int bits)
    {
        Machine machine = CompiledNetwork.MachineOf(bits);
        foreach (int rows in new[] { 1, 3, 16 })
        {
            for (int columns = 1; columns <= 130; columns++)
            {
                foreach (int vectors in new[] { TilingPolicy.TileVectors, 32 / machine.Lanes })
                {
                    var covered = new List<int>();
                    foreach (LaneBlock block in LaneBlock.OfNarrowPanels(rows, columns, machine, vectors))
                    {
                        Assert.InRange(block.Vectors, 1, vectors);
                        Assert.Equal(16, block.Stride);
                        for (int i = 0; i < block.Count; i++)
                        {
                            int first = block.Column + (i * block.ColumnStep);
                            Assert.Equal((first / 32 * 16 * rows) + (first % 32), block.Offset + (i * block.OffsetStep));
                            foreach (Chunk chunk in block.Chunks(machine.Lanes))
                            {
                                // The pairs of a vector lie in one half, within a row of 16.
                                Assert.InRange((first + chunk.Start) % 16 + machine.Lanes, 1, 16);
                                Assert.Equal((first + chunk.Start) % 16, (first % 32) + (chunk.Start % 16));
                                covered.AddRange(Enumerable.Range(first + chunk.Start, chunk.Lanes.Constant));
                            }
                        }
                    }

                    Assert.Equal(Enumerable.Range(0, columns), covered.Order());
                }
            }
        }
    }

    private static void Covers(IEnumerable<LaneBlock> blocks, int columns, Machine machine, Func<int, int> place, Func<int, int> stride)
    {
        var covered = new List<int>();
        foreach (LaneBlock block in blocks)
        {
            Assert.InRange(block.LastLanes, 1, machine.Lanes);
            for (int i = 0; i < block.Count; i++)
            {
                int first = block.Column + (i * block.ColumnStep);
                Assert.Equal(place(first), block.Offset + (i * block.OffsetStep));
                Assert.Equal(stride(first), block.Stride);
                covered.AddRange(Enumerable.Range(first, ((block.Vectors - 1) * machine.Lanes) + block.LastLanes));
            }
        }

        Assert.Equal(Enumerable.Range(0, columns), covered.Order());
    }
}

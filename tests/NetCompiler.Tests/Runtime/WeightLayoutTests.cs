using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Runtime;

public class WeightLayoutTests
{
    private static readonly int[] Sizes = [1, 7, 15, 16, 17, 31, 32, 33, 48, 64];

    public static TheoryData<WeightPacking> Packings => new(Enum.GetValues<WeightPacking>());

    [Theory]
    [MemberData(nameof(Packings))]
    public void EveryValue_HasAPlaceOfItsOwnInsideTheArena(WeightPacking packing)
    {
        foreach ((int rows, int columns) in Shapes())
        {
            WeightLayout layout = new("w", [rows, columns], packing, 32);
            int[] places = [.. Enumerable.Range(0, layout.Length).Select(layout.Locate)];
            Assert.Equal(layout.Length, places.Distinct().Count());
            Expect.True(places.Min() == 32 && places.Max() < 32 + layout.PhysicalLength, $"{packing} {rows}x{columns}");
            Assert.Equal(0, layout.PhysicalLength % 16);
        }
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public void Copies_FollowLocateAndLeavePaddingZero(WeightPacking packing)
    {
        foreach ((int rows, int columns) in Shapes())
        {
            WeightLayout layout = new("w", [rows, columns], packing, 16);
            WeightArena arena = new(16 + layout.PhysicalLength + 16);
            WeightView view = new(arena, layout);
            float[] values = [.. Enumerable.Range(1, layout.Length).Select(i => (float)i)];
            int version = arena.Version;
            view.CopyFrom(values);
            Assert.NotEqual(version, arena.Version);
            Assert.Equal(values, view.ToArray());
            Assert.Equal(values.Length, arena.Span.ToArray().Count(value => value != 0));
            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(values[i], arena.Span[layout.Locate(i)]);
            }

            Assert.Equal(values[^1], view[rows - 1, columns - 1]);
        }
    }

    [Fact]
    public void DefaultView_SaysThatItShowsNoWeight()
    {
        WeightView view = default;
        Action[] members = [() => _ = view.Name, () => _ = view.Length, () => _ = view.Shape, () => _ = view[0], () => view.ToArray(), () => view.CopyTo([]), () => view.CopyFrom([])];
        Assert.All(members, member => Assert.StartsWith("This view shows no weight", Assert.Throws<InvalidOperationException>(member).Message));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void IndexBeyondTheWeights_IsNamed(int index)
    {
        WeightCollection weights = new FakeNetwork(FakeNetwork.Dense("Net", 3, 2, 1)).Weights;
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => weights[index]);
        Assert.StartsWith("There are 4 weights, counted from 0.", error.Message);
        Assert.Equal(index, error.ActualValue);
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public void PiecesOfAnyLength_LandWhereTheWholeDoes(WeightPacking packing)
    {
        WeightLayout layout = new("w", [17, 49], packing, 0);
        float[] values = [.. Enumerable.Range(1, layout.Length).Select(i => (float)i)];
        foreach (int piece in Sizes)
        {
            float[] arena = new float[layout.PhysicalLength], back = new float[layout.Length];
            for (int start = 0; start < values.Length; start += piece)
            {
                int length = Math.Min(piece, values.Length - start);
                layout.Scatter(start, values.AsSpan(start, length), arena);
                layout.Gather(start, back.AsSpan(start, length), arena);
            }

            Assert.Equal(values, back);
        }
    }

    [Fact]
    public void Panels_ArePanelRowColumn()
    {
        WeightLayout layout = new("w", [3, 40], WeightPacking.Panels, 0);
        Assert.Equal(3 * 48, layout.PhysicalLength);
        Assert.Equal(32 + 5, layout.Locate(40 + 5));
        Assert.Equal((3 * 32) + (2 * 16) + 7, layout.Locate((2 * 40) + 39));
    }

    [Fact]
    public void WrongLengthsAndIndices_AreNamed()
    {
        WeightView view = new(new WeightArena(32), new WeightLayout("dense1.kernel", [2, 3], WeightPacking.Flat, 0));
        Assert.Contains("dense1.kernel has 6 values, but the span has 5", Assert.Throws<ArgumentException>(() => view.CopyFrom(new float[5])).Message);
        Assert.Contains("has 6 values, but the span has 7", Assert.Throws<ArgumentException>(() => view.CopyTo(new float[7])).Message);
        Assert.Contains("has 2 axes, but 1 indices", Assert.Throws<ArgumentException>(() => view[1]).Message);
        Assert.Contains("Axis 1 of dense1.kernel has 3 entries", Assert.Throws<ArgumentOutOfRangeException>(() => view[1, 3]).Message);
    }

    [Fact]
    public void Arena_IsAlignedAndZero()
    {
        for (int i = 0; i < 16; i++)
        {
            WeightArena arena = new(33);
            Assert.Equal(0, System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(ArrayOf(arena, out int start), start) % 64);
            Assert.Equal(33, arena.Span.Length);
            Assert.All(arena.Span.ToArray(), value => Assert.Equal(0, value));
        }
    }

    private static float[] ArrayOf(WeightArena arena, out int start)
    {
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(arena.Memory, out ArraySegment<float> segment));
        start = segment.Offset;
        return segment.Array!;
    }

    private static IEnumerable<(int Rows, int Columns)> Shapes() => Sizes.SelectMany(rows => Sizes.Select(columns => (rows, columns)));
}

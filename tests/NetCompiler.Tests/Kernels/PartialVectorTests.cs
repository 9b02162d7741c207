using System.Runtime.Intrinsics;
using Xunit;

namespace NetCompiler.Tests.Kernels;

[Trait("Category", "Numeric")]
public class PartialVectorTests
{
    private static readonly float[] Numbers = [.. Enumerable.Range(1, 16).Select(i => (float)i)];

    [Fact]
    public void LoadPartial_TakesTheFirstLanesAndZeros()
    {
        for (int count = 1; count <= 16; count++)
        {
            AssertLanes(i => VectorMath.LoadPartial512(ref Numbers[0], count)[i], 16, count);
            if (count <= 8)
            {
                AssertLanes(i => VectorMath.LoadPartial256(ref Numbers[0], count)[i], 8, count);
            }

            if (count <= 4)
            {
                AssertLanes(i => VectorMath.LoadPartial128(ref Numbers[0], count)[i], 4, count);
            }
        }
    }

    [Fact]
    public void StorePartial_WritesNothingBeyondItsCount()
    {
        for (int count = 1; count <= 16; count++)
        {
            float[] destination = Fill();
            VectorMath.StorePartial(Vector512.LoadUnsafe(ref Numbers[0]), ref destination[0], count);
            AssertStored(destination, count);
            if (count <= 8)
            {
                destination = Fill();
                VectorMath.StorePartial(Vector256.LoadUnsafe(ref Numbers[0]), ref destination[0], count);
                AssertStored(destination, count);
            }

            if (count <= 4)
            {
                destination = Fill();
                VectorMath.StorePartial(Vector128.LoadUnsafe(ref Numbers[0]), ref destination[0], count);
                AssertStored(destination, count);
            }
        }
    }

    [Fact]
    public void LaneMask_HasAllBitsBelowTheCount()
    {
        for (int count = 0; count <= 16; count++)
        {
            for (int lane = 0; lane < 16; lane++)
            {
                int expected = lane < count ? -1 : 0;
                Assert.Equal(expected, VectorMath.LaneMask512(count).AsInt32()[lane]);
                Assert.Equal(expected, lane < 8 ? VectorMath.LaneMask256(count).AsInt32()[lane] : expected);
                Assert.Equal(expected, lane < 4 ? VectorMath.LaneMask128(count).AsInt32()[lane] : expected);
            }
        }
    }

    [Fact]
    public void Sum_FoldsHalvesInOneOrderAtEveryWidth()
    {
        Random random = new(3);
        float[] v = [.. Enumerable.Range(0, 16).Select(_ => random.NextSingle() - 0.3f)];
        float[] folded = [.. v];
        for (int half = 8; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                folded[i] += folded[i + half];
            }
        }

        Vector512<float> whole = Vector512.LoadUnsafe(ref v[0]);
        Vector256<float> eights = whole.GetLower() + whole.GetUpper();
        Assert.Equal(folded[0], VectorMath.Sum(whole));
        Assert.Equal(folded[0], VectorMath.Sum(eights));
        Assert.Equal(folded[0], VectorMath.Sum(eights.GetLower() + eights.GetUpper()));
    }

    [Fact]
    public void Max_FindsTheLargestLaneWhereverItIs_AndNaN()
    {
        for (int lane = 0; lane < 16; lane++)
        {
            Vector512<float> v = (-Vector512.LoadUnsafe(ref Numbers[0])).WithElement(lane, 3f);
            Assert.Equal(3f, VectorMath.Max(v));
            Assert.True(float.IsNaN(VectorMath.Max(v.WithElement(lane, float.NaN))));
            Assert.Equal(lane < 8 ? 3f : -1f, VectorMath.Max(v.GetLower()));
            Assert.Equal(lane < 4 ? 3f : -1f, VectorMath.Max(v.GetLower().GetLower()));
            Assert.True(float.IsNaN(VectorMath.Max(v.GetLower().GetLower().WithElement(lane % 4, float.NaN))));
        }
    }

    private static float[] Fill() => [.. Enumerable.Repeat(-7f, 20)];

    private static void AssertLanes(Func<int, float> lane, int lanes, int count)
    {
        for (int i = 0; i < lanes; i++)
        {
            Assert.Equal(i < count ? i + 1 : 0, lane(i));
        }
    }

    private static void AssertStored(float[] destination, int count)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            Assert.Equal(i < count ? i + 1 : -7f, destination[i]);
        }
    }
}

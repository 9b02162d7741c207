using System.Runtime.Intrinsics;
using Xunit;

namespace NetCompiler.Training.Tests.Optimizers;

public class LanesTests
{
    [Fact]
    public void Quotient_IsWithinTwoUnits_OfEveryMantissa()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AssertQuotients<Lanes512>();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            AssertQuotients<Lanes256>();
        }

        AssertQuotients<Lanes128>();
    }

    [Fact]
    public void Quotient_OfInfinityAndNaN_IsThatOfDivision()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AssertSpecial<Lanes512>();
        }

        AssertSpecial<Lanes128>();
    }

    private static void AssertQuotients<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        float[] left = new float[TLanes.Width], right = new float[TLanes.Width], quotients = new float[TLanes.Width];
        var random = new Random(5);
        for (int start = 0; start < 1 << 23; start += TLanes.Width)
        {
            for (int i = 0; i < left.Length; i++)
            {
                left[i] = (random.NextSingle() - 0.5f) * MathF.ScaleB(1, random.Next(-40, 20));
                right[i] = BitConverter.Int32BitsToSingle((random.Next(90, 160) << 23) | (start + i));
            }

            TLanes.Store(TLanes.Quotient(TLanes.Load(ref left[0]), TLanes.Load(ref right[0])), ref quotients[0]);
            for (int i = 0; i < left.Length; i++)
            {
                float expected = left[i] / right[i];
                if (Math.Abs(BitConverter.SingleToInt32Bits(quotients[i]) - BitConverter.SingleToInt32Bits(expected)) > 2)
                {
                    Assert.Fail($"{left[i]:R} / {right[i]:R} is {expected:R}, but {quotients[i]:R} was found.");
                }
            }
        }
    }

    private static void AssertSpecial<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        foreach ((float left, float right) in new[] { (1f, float.PositiveInfinity), (-3e38f, float.PositiveInfinity), (0f, float.PositiveInfinity), (1f, float.NaN), (float.NaN, 2f), (float.PositiveInfinity, 2f), (0f, 1e-7f), (1e-3f, 3.4e38f) })
        {
            float[] quotients = new float[TLanes.Width];
            TLanes.Store(TLanes.Quotient(TLanes.Create(left), TLanes.Create(right)), ref quotients[0]);
            Assert.All(quotients, quotient => Assert.Equal(left / right, quotient, 1e-38f));
        }
    }
}

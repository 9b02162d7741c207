namespace NetCompiler.Tests.Kernels;

/// <summary>Runs a function over floats of every sign and size and finds the largest error. NETCOMPILER_LONG=1 takes every float there is.</summary>
internal static class AccuracyScan
{
    private const int Block = 1 << 12;

    // A prime, so that all low bits of the mantissa occur; about four million floats.
    private const ulong SampleStride = 1009;

    /// <summary>The largest error in ulp and where, over the floats for which <paramref name="counts"/> holds.</summary>
    public static (double Error, float At) Run<TOperation>(Func<float, bool> counts)
        where TOperation : struct, IElementwise
    {
        bool all = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1";
        ulong stride = all ? 1 : SampleStride;
        float[] source = new float[Block];
        float[] destination = new float[Block];
        (double Error, float At) worst = (0, 0);
        for (ulong bits = 0; bits <= uint.MaxValue;)
        {
            for (int i = 0; i < Block; i++, bits += stride)
            {
                source[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits, uint.MaxValue));
            }

            ElementwiseLoops<TOperation>.RunWidest(source, destination);
            for (int i = 0; i < Block; i++)
            {
                if (!counts(source[i]))
                {
                    continue;
                }

                double error = Ulp.Error(destination[i], TOperation.Reference(source[i]));
                if (error > worst.Error)
                {
                    worst = (error, source[i]);
                }
            }
        }

        return worst;
    }
}

namespace NetCompiler.Generators.Tests;

/// <summary>The tensors of loss methods as far as declarations need them, for sources compiled without the real ones.</summary>
internal static class TensorStub
{
    public const string Source = """
        namespace NetCompiler;

        public sealed class Tensor
        {
            private Tensor() { }
            public static implicit operator Tensor(double number) => throw null!;
            public static Tensor operator +(Tensor a, Tensor b) => throw null!;
            public static Tensor operator -(Tensor a, Tensor b) => throw null!;
            public static Tensor operator *(Tensor a, Tensor b) => throw null!;
            public static Tensor operator /(Tensor a, Tensor b) => throw null!;
            public static Tensor operator -(Tensor a) => throw null!;
            public Tensor Square() => throw null!;
            public Tensor Sqrt() => throw null!;
            public Tensor Clip(double min, double max) => throw null!;
            public Tensor Pow(double exponent) => throw null!;
            public Tensor Map(System.Func<float, float> function) => throw null!;
            public Tensor Mean(params int[] axes) => throw null!;
            public Tensor Sum(params int[] axes) => throw null!;
            public Tensor BatchSum() => throw null!;
            public Tensor BatchMean() => throw null!;
            public static Tensor Maximum(params System.ReadOnlySpan<Tensor> inputs) => throw null!;
        }

        public static class Losses
        {
            public static Tensor BinaryCrossentropy(Tensor output, Tensor target, bool fromLogits = false, double labelSmoothing = 0) => throw null!;
            public static Tensor MeanSquaredError(Tensor output, Tensor target) => throw null!;
        }
        """;
}

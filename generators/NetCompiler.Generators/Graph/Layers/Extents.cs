namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Arithmetic of extents that a faulty declaration may push beyond int: it saturates there, where shapes are refused.</summary>
internal static class Extents
{
    public static int Product(int a, int b) => Saturate((long)a * b);

    public static int Sum(params int[] extents) => Saturate(extents.Sum(extent => (long)extent));

    public static int Saturate(long extent) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, extent));
}

/// <summary>A small data set: points on two interleaved half circles, with some noise.</summary>
public static class TwoMoons
{
    /// <summary>Makes points (x and y of each, one after the other) and the half circle of each, 0 or 1.</summary>
    public static (float[] Points, int[] Labels) Make(int count, double noise, int seed)
    {
        var random = new Random(seed);
        var points = new float[2 * count];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            double angle = Math.PI * random.NextDouble();
            (double x, double y) = i % 2 == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
            points[2 * i] = (float)(x + noise * (random.NextDouble() - 0.5));
            points[2 * i + 1] = (float)(y + noise * (random.NextDouble() - 0.5));
            labels[i] = i % 2;
        }

        return (points, labels);
    }
}

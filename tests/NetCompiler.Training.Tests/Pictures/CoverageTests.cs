using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

public sealed class CoverageTests
{
    private const int Samples = 32;

    // A grid of 32 x 32 points finds the share of a pixel that an edge cuts to about half a row of points.
    private const double Tolerance = 1.5 / Samples;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Triangles_CoverWhatPointsInsideThemSay(int seed)
    {
        Random random = new(seed);
        Coverage coverage = new(13, 9);
        for (int round = 0; round < 50; round++)
        {
            // Corners lie inside, on whole numbers and far outside.
            (double X, double Y)[] corners = [.. Enumerable.Range(0, 3).Select(_ => (Corner(random, 13), Corner(random, 9)))];
            bool isClipped = round % 2 == 1;
            (double Left, double Top, double Right, double Bottom) clip = isClipped ? (2.5, 1.25, 10.75, 7.5) : (0, 0, 13, 9);
            coverage.Clip(clip.Left, clip.Top, clip.Right, clip.Bottom);
            coverage.Polygon(corners);
            double[] found = Finish(coverage);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.True(Math.Abs(found[i] - Expected(corners, clip, i % 13, i / 13)) < Tolerance, $"round {round}, pixel {i % 13}, {i / 13}: {found[i]}");
            }
        }
    }

    [Fact]
    public void OverlappingPolygons_CoverOnce()
    {
        Coverage coverage = new(4, 4);
        coverage.Polygon([(0, 0), (3, 0), (3, 3), (0, 3)]);

        // The other way round.
        coverage.Polygon([(1, 1), (1, 4), (4, 4), (4, 1)]);
        double[] found = Finish(coverage);
        Assert.Equal(1, found[5], 1e-6);
        Assert.Equal(0, found[3], 1e-6);
        Assert.Equal(14, found.Sum(), 1e-5);
    }

    [Fact]
    public void AHalfCoveredPixel_IsHalf()
    {
        Coverage coverage = new(3, 3);
        coverage.Polygon([(0.5, 1), (1.75, 1), (1.75, 1.5), (0.5, 1.5)]);
        double[] found = Finish(coverage);
        Assert.Equal(0.25, found[3], 1e-6);
        Assert.Equal(0.375, found[4], 1e-6);
        Assert.Equal(0.625, found.Sum(), 1e-6);
        Assert.Equal(0, Finish(coverage).Sum());
    }

    [Fact]
    public void PlacesThatAreNotFinite_CoverNothing()
    {
        Coverage coverage = new(3, 3);
        coverage.Edge(double.NaN, 0, 1, 1);
        coverage.Edge(0, 0, double.PositiveInfinity, 3);
        Assert.Equal(0, Finish(coverage).Sum());
    }

    private static double Corner(Random random, int size) => random.Next(4) switch
    {
        0 => random.Next(size + 1),
        1 => (random.NextDouble() * 3 * size) - size,
        _ => random.NextDouble() * size,
    };

    private static double[] Finish(Coverage coverage)
    {
        double[] shares = new double[coverage.Width * coverage.Height];
        coverage.Finish((x, y, share) => shares[(y * coverage.Width) + x] = share);
        return shares;
    }

    private static double Expected((double X, double Y)[] corners, (double Left, double Top, double Right, double Bottom) clip, int column, int row)
    {
        int inside = 0;
        for (int i = 0; i < Samples * Samples; i++)
        {
            double x = column + ((i % Samples + 0.5) / Samples), y = row + ((i / Samples + 0.5) / Samples);
            double a = Side(corners[0], corners[1], x, y), b = Side(corners[1], corners[2], x, y), c = Side(corners[2], corners[0], x, y);
            bool isInside = (a > 0 && b > 0 && c > 0) || (a < 0 && b < 0 && c < 0);
            inside += isInside && x > clip.Left && x < clip.Right && y > clip.Top && y < clip.Bottom ? 1 : 0;
        }

        return (double)inside / (Samples * Samples);
    }

    private static double Side((double X, double Y) from, (double X, double Y) to, double x, double y) => ((to.X - from.X) * (y - from.Y)) - ((to.Y - from.Y) * (x - from.X));
}

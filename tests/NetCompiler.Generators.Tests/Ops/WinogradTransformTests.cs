using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Tests.Ops;

/// <summary>The matrices of minimal filtering give the sums that they stand for.</summary>
public class WinogradTransformTests
{
    [Fact]
    public void TransformedProducts_AreTheSumsOverTheWindow()
    {
        var random = new Random(1);
        double[] window = [.. Enumerable.Range(0, WinogradTransform.Window).Select(_ => random.NextDouble())], values = [.. Enumerable.Range(0, WinogradTransform.Products).Select(_ => random.NextDouble())];
        double[] products = [.. Product(WinogradTransform.OfKernel, window).Zip(Product(WinogradTransform.OfImage, values), (u, v) => u * v)];
        double[] expected = [.. Enumerable.Range(0, WinogradTransform.Results).Select(place => window.Select((w, k) => w * values[place + k]).Sum())];
        Assert.All(Product(WinogradTransform.OfResult, products).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
    }

    [Fact]
    public void RowFormulas_AreTheRowsOfTheMatrices()
    {
        double[] values = [2, 3, 5, 7];
        foreach (EquatableArray<double> row in new[] { WinogradTransform.OfKernel, WinogradTransform.OfImage, WinogradTransform.OfResult }.SelectMany(matrix => matrix))
        {
            (ScalarExpression formula, IReadOnlyList<int> read) = WinogradTransform.Row(row);
            Assert.Equal(row.Select((factor, i) => factor * values[i]).Sum(), ScalarEvaluator.Evaluate(formula, [.. read.Select(i => values[i])]));
        }
    }

    [Fact]
    public void EveryValue_ReachesThoseSumsOnlyWhoseWindowsContainIt()
    {
        for (int value = 0; value < WinogradTransform.Products; value++)
        {
            for (int result = 0; result < WinogradTransform.Results; result++)
            {
                bool isRead = Enumerable.Range(0, WinogradTransform.Products).Any(product => WinogradTransform.OfResult[result][product] != 0 && WinogradTransform.OfImage[product][value] != 0);
                Assert.Equal(value >= result && value < result + WinogradTransform.Window, isRead);
            }
        }
    }

    private static double[] Product(EquatableArray<EquatableArray<double>> matrix, double[] x) => [.. matrix.Select(row => row.Select((factor, i) => factor * x[i]).Sum())];
}

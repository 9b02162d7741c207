using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>The largest of the sums of one window while they are in registers and, in training, the number of the first largest.</summary>
internal static class PooledSums
{
    // A NaN counts as the largest, and the first one stays: m is no NaN and x is not at most m.
    private static readonly ScalarExpression IsLarger = ScalarExpression.Of(ScalarOperation.And,
        ScalarExpression.Of(ScalarOperation.Equal, ScalarExpression.Argument(0), ScalarExpression.Argument(0)),
        ScalarExpression.Of(ScalarOperation.Not, ScalarExpression.Of(ScalarOperation.LessOrEqual, ScalarExpression.Argument(1), ScalarExpression.Argument(0))));

    private static readonly ScalarExpression Choice = ScalarExpression.Select(ScalarExpression.Argument(0), ScalarExpression.Argument(1), ScalarExpression.Argument(2));

    public static string Maximum(int pixel, Chunk chunk) => $"m{pixel}_{chunk.Start}";

    public static string Index(int pixel, Chunk chunk) => $"i{pixel}_{chunk.Start}";

    /// <summary>The statements from the sums, in row-major order within the window, to their maximum and its number.</summary>
    public static IEnumerable<Statement> Reduce(int pixel, Chunk chunk, IReadOnlyList<string> sums, bool hasIndex)
    {
        string maximum = Maximum(pixel, chunk), index = Index(pixel, chunk);
        yield return new Let(maximum, new Name(sums[0]));
        if (!hasIndex)
        {
            foreach (string sum in sums.Skip(1))
            {
                yield return new Set(maximum, new Larger(maximum, sum));
            }

            yield break;
        }

        yield return new Let(index, new Number(0));
        for (int place = 1; place < sums.Count; place++)
        {
            // One comparison serves both.
            string isLarger = $"l{place}_{pixel}_{chunk.Start}";
            yield return new Let(isLarger, new Apply(IsLarger, [new Name(maximum), new Name(sums[place])]));
            yield return new Set(index, new Apply(Choice, [new Name(isLarger), new Number(place), new Name(index)]));
            yield return new Set(maximum, new Apply(Choice, [new Name(isLarger), new Name(sums[place]), new Name(maximum)]));
        }
    }
}

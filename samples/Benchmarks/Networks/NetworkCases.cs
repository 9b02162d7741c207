namespace Benchmarks.Networks;

/// <summary>The networks of the table, smallest first.</summary>
internal static class NetworkCases
{
    public static IReadOnlyList<NetworkCase> All { get; } = [new XorCase(), new Dense64Case(), new CreditCase(), new MlpCase(), new Mlp512Case(), new MnistCnnCase(), new CifarCnnCase(), new SentimentCase(), new ManyWordsCase()];
}

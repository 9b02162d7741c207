namespace NetCompiler.Tests.Training.Search;

/// <summary>The process that <see cref="SearchKillTests"/> kills: searches in a folder and says <c>epoch</c> after each epoch of a trial, and <c>done</c> at the end, when the result is in its file.</summary>
internal static class KilledSearch
{
    /// <summary>Arguments: the kind of search, its folder, the file of the result.</summary>
    public static void Run(string[] args)
    {
        SearchOptions options = new() { Seed = 6, Threads = 2, Folder = args[1], Verbosity = Verbosity.Silent };
        SearchResult result = SearchCases.Create(args[0], options).Fit(SearchCases.Data, run => SearchCases.OptionsOf(run) with
        {
            // Gives the test time to strike.
            Callbacks = [new LambdaCallback(onEpochEnd: _ =>
            {
                Console.WriteLine("epoch");
                Thread.Sleep(10);
            })],
        });
        AtomicFile.Write(args[2], stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(SearchCases.Describe(result))));
        Console.WriteLine("done");
    }
}

using NetCompiler.Tests.Training.Fit.Checkpoints;
using NetCompiler.Tests.Training.Search;

namespace NetCompiler.Tests.Training;

/// <summary>The processes that tests kill: the tests' assembly, started as a program.</summary>
internal static class KilledProgram
{
    public const string Training = "training";
    public const string Search = "search";

    /// <summary>Arguments: which program, and three of its own.</summary>
    public static int Main(string[] args)
    {
        Action<string[]>? run = args switch
        {
            [Training, _, _, _] => KilledTraining.Run,
            [Search, _, _, _] => KilledSearch.Run,
            _ => null,
        };
        if (run is null)
        {
            Console.Error.WriteLine($"Expected {Training} or {Search} and three arguments of its own, but was given \"{string.Join(' ', args)}\".");
            return 2;
        }

        run(args[1..]);
        return 0;
    }
}

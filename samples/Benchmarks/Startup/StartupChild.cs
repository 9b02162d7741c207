namespace Benchmarks.Startup;

/// <summary>What this program is when it was started by itself. It comes before everything that only the whole benchmark needs: a child's time is what it costs a program of its own.</summary>
internal static class StartupChild
{
    /// <summary>Runs as the child that the arguments ask for; false where they ask for none.</summary>
    public static bool TryRun(string[] arguments)
    {
        switch (arguments.Length > 0 ? arguments[0] : "")
        {
            case ColdStart.ChildArgument:
                ColdStart.RunAsChild(arguments);
                return true;
            case FirstCall.ChildArgument:
                FirstCall.RunAsChild(arguments[1]);
                return true;
            case GeneratorTime.ChildArgument:
                GeneratorTime.RunAsChild();
                return true;
            case EveryKernel.Argument:
                EveryKernel.Run();
                return true;
            default:
                return false;
        }
    }
}

namespace NetCompiler.Tests.Generated;

/// <summary>Whether NETCOMPILER_LONG=1 asks for the long form of the random and the exhaustive tests.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1";
}

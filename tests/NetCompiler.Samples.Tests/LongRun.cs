namespace NetCompiler.Tests.Samples;

/// <summary>Whether NETCOMPILER_LONG=1 asks for the full trainings.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1";
}

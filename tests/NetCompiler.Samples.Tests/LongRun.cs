using global::Samples.Data;

namespace NetCompiler.Tests.Samples;

/// <summary>Whether NETCOMPILER_LONG=1 asks for the full trainings.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1";

    /// <summary>The arguments of a sample: none but the folder in the full form.</summary>
    public static string[] Arguments(string sample, string output) => IsOn ? ["--output", output] : ShortForm.Of(sample).WithOutput(output);
}

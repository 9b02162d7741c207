using Xunit.Abstractions;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>What long tests measured: into their output, and into the file that NETCOMPILER_FIGURES names.</summary>
internal static class Figures
{
    public static void Write(ITestOutputHelper output, string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("NETCOMPILER_FIGURES") is { Length: > 0 } path)
        {
            File.AppendAllText(path, text + "\n");
        }
    }
}

using System.Runtime.InteropServices;

namespace Benchmarks.Machine;

/// <summary>The processor as it names itself.</summary>
internal static class ProcessorName
{
    private const string LinuxFile = "/proc/cpuinfo";

    /// <summary>What Linux says of the first core, what Windows says in the environment, or else the architecture.</summary>
    public static string Read()
    {
        string? line = File.Exists(LinuxFile) ? File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

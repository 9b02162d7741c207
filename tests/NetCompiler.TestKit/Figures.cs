using Xunit.Abstractions;

namespace NetCompiler.TestKit;

/// <summary>What tests measured, for a reader: a line each, into the test's output, and into the file that NETCOMPILER_FIGURES names.</summary>
public static class Figures
{
    /// <summary>Writes a line. Tests of several projects may write at the same time.</summary>
    public static void Write(string text, ITestOutputHelper? output = null)
    {
        output?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("NETCOMPILER_FIGURES") is { Length: > 0 } path)
        {
            Append(path, text + "\n");
        }
    }

    /// <summary>Adds to a file that others add to: whoever has it open has it alone.</summary>
    public static void Append(string path, string text)
    {
        const int Patience = 500;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using FileStream stream = new(path, FileMode.Append, FileAccess.Write, FileShare.None);
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                return;
            }
            catch (IOException) when (attempt < Patience)
            {
                Thread.Sleep(10);
            }
        }
    }
}

using System.Runtime.CompilerServices;
using Xunit;

namespace NetCompiler.TestKit;

/// <summary>
/// Expected text in a file beside the test: <c>Class.Test.verified.txt</c>. What differs is written to <c>.received.</c>; with
/// NETCOMPILER_ACCEPT=1 in the environment the verified file is written instead.
/// </summary>
public static class Snapshot
{
    /// <summary>Asserts that the text is the accepted one; line ends do not count.</summary>
    /// <param name="text">What the test got.</param>
    /// <param name="name">Part of the file's name where a test has several snapshots.</param>
    /// <param name="extension">Of the file, as cs.</param>
    /// <param name="file">The test's file; leave out.</param>
    /// <param name="member">The test's name; leave out.</param>
    public static void Match(string text, string name = "", string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "." + member + (name.Length > 0 ? "." + name : ""));
        string verified = $"{stem}.verified.{extension}", received = $"{stem}.received.{extension}";
        string actual = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("NETCOMPILER_ACCEPT") == "1")
        {
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(expected is null
            ? $"{Path.GetFileName(verified)} does not exist; compare {Path.GetFileName(received)} and accept it with NETCOMPILER_ACCEPT=1."
            : $"{Path.GetFileName(verified)} differs at line {FirstDifference(expected, actual)}; compare {Path.GetFileName(received)} and accept it with NETCOMPILER_ACCEPT=1.");
    }

    private static int FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n'), right = actual.Split('\n');
        int line = 0;
        while (line < Math.Min(left.Length, right.Length) && left[line] == right[line])
        {
            line++;
        }

        return line + 1;
    }
}

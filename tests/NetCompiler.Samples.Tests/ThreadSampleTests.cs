using System.Text.RegularExpressions;
using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>The tests that take what is printed, and count how often work is shared: both are one for the whole process.</summary>
[CollectionDefinition("threads", DisableParallelization = true)]
public sealed class ThreadsCollection;

/// <summary>The same figures on one and on two threads, as they are printed and drawn.</summary>
[Collection("threads")]
public partial class ThreadSampleTests
{
    [SharedFact("data/fashion-mnist/t10k-images-idx3-ubyte.gz")]
    public void Autoencoder_PrintsTheSameFigures() => AssertSame("25-Autoencoder", arguments => AutoencoderSample.Run(arguments));

    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void Saliency_PrintsTheSameFigures() => AssertSame("24-Saliency", arguments => SaliencySample.Run(arguments));

    private static void AssertSame(string sample, Action<string[]> run)
    {
        (string printed, string[] pictures, long shared) = Run("1");
        Assert.Equal(0, shared);
        Assert.Matches(ShortForm.Of(sample).Reached, printed);
        Assert.NotEmpty(pictures);
        (string again, string[] drawn, shared) = Run("2");
        Assert.Equal(printed, again);
        Assert.Equal(pictures, drawn);

        // The first batches are shared wherever there is more than one processor.
        Assert.Equal(Environment.ProcessorCount > 1, shared > 0);

        (string Printed, string[] Pictures, long Shared) Run(string threads)
        {
            using var folder = new TemporaryFolder();
            TextWriter console = Console.Out;
            using var output = new StringWriter();
            long before = Workers.SharedRuns;
            Console.SetOut(output);
            try
            {
                run([.. ShortForm.Of(sample).WithOutput(folder.Path), "--threads", threads]);
            }
            finally
            {
                Console.SetOut(console);
            }

            string printed = Duration().Replace(output.ToString(), "- s").Replace(folder.Path, "FOLDER", StringComparison.Ordinal);
            return (printed, [.. Directory.GetFiles(folder.Path, "*.svg").Order(StringComparer.Ordinal).Select(File.ReadAllText)], Workers.SharedRuns - before);
        }
    }

    [GeneratedRegex(@"\b[0-9]+\.[0-9] s\b")]
    private static partial Regex Duration();
}

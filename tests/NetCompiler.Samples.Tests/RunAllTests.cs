using global::Samples;
using global::Samples.Data;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>The program that runs all samples, on few of them.</summary>
public class RunAllTests
{
    private static readonly string Line = Path.Combine(AppContext.BaseDirectory, "03-LinearRegression.dll");

    [Fact]
    public async Task Sample_RunsInAProcessOfItsOwn_AndItsPictureIsCollected()
    {
        using TemporaryFolder folder = new(), pictures = new();
        ShortForm form = ShortForm.Of("03-LinearRegression");
        string output = Path.Combine(folder.Path, form.Sample);
        SampleRun run = await SampleRun.StartAsync(form, Line, output, CancellationToken.None);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("gradient descent: y = ", run.Reached, StringComparison.Ordinal);
        Assert.Equal(run.Lines, File.ReadAllLines(Path.Combine(output, "log.txt")));
        Assert.Equal(Path.Combine(pictures.Path, "03-LinearRegression.svg"), SamplePicture.Collect(form, output, pictures.Path));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(pictures.Path, "03-LinearRegression.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleThatFails_KeepsItsLinesAndItsExitCode()
    {
        using var folder = new TemporaryFolder();
        SampleRun run = await SampleRun.StartAsync(ShortForm.Of("03-LinearRegression") with { Arguments = "--epochs none" }, Line, folder.Path, CancellationToken.None);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("--epochs is \"none\", but must be a whole number of at least 1.", run.Reached);
    }

    [Fact]
    public async Task FormerRun_IsReplaced_ButOtherFilesAreLeftAlone()
    {
        using var folder = new TemporaryFolder();
        string stale = Path.Combine(folder.Path, "stale.svg"), log = Path.Combine(folder.Path, "log.txt");
        File.WriteAllText(stale, "");
        ShortForm form = ShortForm.Of("03-LinearRegression");
        IOException exception = await Assert.ThrowsAsync<IOException>(() => SampleRun.StartAsync(form, Line, folder.Path, CancellationToken.None));
        Assert.Contains("no log.txt of a former run", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(stale));

        File.WriteAllText(log, "");
        await SampleRun.StartAsync(form, Line, folder.Path, CancellationToken.None);
        Assert.False(File.Exists(stale));
    }

    [Fact]
    public async Task Cancellation_EndsTheSampleThatRuns()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SampleRun.StartAsync(ShortForm.Of("03-LinearRegression") with { Arguments = "--epochs 100000000" }, Line, folder.Path, cancellation.Token));
    }

    [Theory]
    [InlineData("03", true)]
    [InlineData("03-LinearRegression", true)]
    [InlineData("3", false)]
    [InlineData("0", false)]
    public void Samples_AreNamedByNumberOrFolder(string name, bool isNamed) => Assert.Equal(isNamed, SampleRuns.IsNamed(ShortForm.Of("03-LinearRegression"), name));
}

using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Spectre.Console;
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

    [Fact]
    public async Task Help_NamesTheOptions_AndIsNoMistake()
    {
        using var folder = new TemporaryFolder();
        SampleRun run = await SampleRun.StartAsync(ShortForm.Of("03-LinearRegression") with { Arguments = "--help" }, Line, folder.Path, CancellationToken.None);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["This sample takes --epochs VALUE, --output VALUE; all can be left out. The summary of Main in its Program.cs says what they mean."], run.Lines);
        Assert.Equal(0, DeploymentSample.Main(["--help"]));
    }

    [Fact]
    public async Task Xor_TellsItsErrorsInSignificantDigits()
    {
        using var folder = new TemporaryFolder();
        SampleRun run = await SampleRun.StartAsync(ShortForm.Of("04-Xor"), Path.Combine(AppContext.BaseDirectory, "04-Xor.dll"), folder.Path, CancellationToken.None);
        Assert.Matches(@"^2-8-1, cross-entropy: every output within [1-9]\.[0-9]e-[0-9]+ of the truth$", run.Reached);
        Assert.DoesNotContain(run.Lines, line => line.Contains("0.000", StringComparison.Ordinal));
    }

    [SharedFact("data/iris/iris.csv")]
    public Task SmallTables_SayWhereTheirPicturesAre() => AssertSaid("22-SmallTables", "--only iris", "pictures and networks are in ");

    [SharedFact("data/fsdd/recordings.tar.gz")]
    public Task SpokenDigits_SayWhereTheirPicturesAre() => AssertSaid("14-SpokenDigits", "--epochs 1 --brief --only LstmSpeech", "pictures are in ");

    [Fact]
    public void Summary_NamesPicturesWhole_OnANarrowConsole()
    {
        SampleRun run = new(ShortForm.Of("15-Forecasting"), 0, TimeSpan.FromSeconds(4), ["ConvolutionForecast: off by 0.000 (50 % of the naive) after 120 epochs, which is more than a line has place for"]);
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 80;
        console.Write(SampleRuns.Summarize([run], new Dictionary<SampleRun, string> { [run] = Path.Combine(Path.GetTempPath(), "artifacts", "RunAll", run.Form.Sample, "airline-passengers.svg") }));
        Assert.Contains(" 15-Forecasting ", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(" airline-passengers.svg ", text.ToString(), StringComparison.Ordinal);
    }

    /// <summary>All that take their folder from the common arguments: below a file, such as the log that is always there, none can be made.</summary>
    public static TheoryData<string> Writing => [.. ShortForm.All.Select(form => form.Sample).Except(["27-Web", "30-Deployment", "Benchmarks"])];

    [Theory]
    [MemberData(nameof(Writing))]
    public async Task OutputThatCannotBeMade_IsRefusedBeforeAnythingIsTrained(string sample)
    {
        using var folder = new TemporaryFolder();
        ShortForm form = ShortForm.Of(sample);
        SampleRun run = await RunAsync(form with { Arguments = form.Arguments + " --output {output}/log.txt/pictures" }, folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("No files can be written into the folder ", Assert.Single(run.Lines, line => !line.Contains("there is no ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreditRiskWithoutItsData_NamesNoPictures()
    {
        using TemporaryFolder folder = new(), data = new();
        SampleRun run = await RunAsync(ShortForm.Of("18-CreditRisk") with { Arguments = $"--data {data.Path}" }, folder.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("nothing is judged and no pictures are drawn: the data of every part is missing", run.Reached);
    }

    private static Task<SampleRun> RunAsync(ShortForm form, string folder) =>
        SampleRun.StartAsync(form, Path.Combine(AppContext.BaseDirectory, form.Sample + ".dll"), folder, CancellationToken.None);

    private static async Task AssertSaid(string sample, string arguments, string line)
    {
        using var folder = new TemporaryFolder();
        SampleRun run = await RunAsync(ShortForm.Of(sample) with { Arguments = arguments }, folder.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(line + folder.Path, run.Lines);
    }

    [Theory]
    [InlineData("03", true)]
    [InlineData("03-LinearRegression", true)]
    [InlineData("3", false)]
    [InlineData("0", false)]
    public void Samples_AreNamedByNumberOrFolder(string name, bool isNamed) => Assert.Equal(isNamed, SampleRuns.IsNamed(ShortForm.Of("03-LinearRegression"), name));
}

using System.Globalization;
using System.Net;
using global::Samples;
using global::Samples.Data;
using Microsoft.Playwright;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>What one sees at a first start, when there are no weights yet, and at the next.</summary>
[Collection(TrainedServerTests.Name)]
public class FirstStartTests(TrainedServer trained, BrowserSession browser)
{
    private static readonly Lazy<DigitImages> Drawn = new(() => DigitImages.Draw(12_000, 400));

    [BrowserFact]
    public async Task Training_ShowsItsProgress_AndAlreadyReadsDrawings()
    {
        using var folder = new TemporaryFolder();

        // So many epochs that the training still runs when the test has ended.
        await using RunningServer server = await RunningServer.StartAsync(Path.Combine(folder.Path, "digits.safetensors"), () => Drawn.Value, epochs: 100_000);
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Page.Locator("#status")).ToContainTextAsync("The network is learning. Epoch ", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Page.Locator("#progress")).ToBeVisibleAsync();
        double first = await ProgressAsync(page);
        await page.Page.WaitForFunctionAsync($"() => document.querySelector('#progress').value > {first.ToString(CultureInfo.InvariantCulture)}");
        await page.SaveScreenshotAsync("desktop-training");

        await page.Page.WaitForFunctionAsync("async () => (await (await fetch('training')).json()).canPredict");
        await page.DrawWithMouseAsync(Handwriting.Of(1));
        await Assertions.Expect(page.Digit).ToHaveTextAsync("1");
    }

    [BrowserFact]
    public async Task TrainingThatEnds_IsSeenByThePageThatWasOpen_AndReadsWhatIsDrawn()
    {
        using var folder = new TemporaryFolder();
        using var opened = new ManualResetEventSlim();
        await using RunningServer server = await RunningServer.StartAsync(Path.Combine(folder.Path, "digits.safetensors"), () => Await(opened), epochs: 4);
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Page.Locator("#progress")).ToBeVisibleAsync();
        opened.Set();
        await Assertions.Expect(page.Page.Locator("#status")).ToContainTextAsync("The network has learnt from 12,000 images drawn by this program.", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Page.Locator("#progress")).ToBeHiddenAsync();

        // What it learns from drawn digits is enough for strokes of a mouse, where there is no MNIST.
        string read = "";
        foreach (int digit in new[] { 0, 1, 3, 7 })
        {
            read += await page.DrawWithMouseAsync(Handwriting.Of(digit));
            await page.ClearAsync();
        }

        Assert.Equal("0137", read);
    }

    [Fact]
    public async Task TrainingBeforehand_WritesTheWeightsOfTheFirstStart_AndListensToNobody()
    {
        using var folder = new TemporaryFolder();
        string weights = Path.Combine(folder.Path, "digits.safetensors");

        // An address of no network card: a server that tried to listen there would fail.
        Assert.Equal(0, WebSample.Main(["--train", "--offline", "--epochs", "1", "--url", "http://192.0.2.1:80", "--weights", weights]));
        await using RunningServer server = await RunningServer.StartAsync(weights, () => throw new InvalidOperationException("Nothing is to be trained."));
        Assert.Equal(TrainingPhase.Ready, server.Training.Phase);
    }

    [Fact]
    public async Task SavedWeights_AreReadAtTheNextStart()
    {
        await using RunningServer server = await RunningServer.StartAsync(trained.Weights, () => throw new InvalidOperationException("Nothing is to be trained."));
        Assert.Equal(TrainingPhase.Ready, server.Training.Phase);
        Assert.InRange(Assert.NotNull(server.Training.TestAccuracy), 0.8, 1);
        byte[] image = new byte[DrawnDigits.InputLength];
        using HttpClient next = server.CreateClient(), first = trained.CreateClient();
        Assert.Equal((await first.AskAsync(image))[..10], (await next.AskAsync(image))[..10]);
    }

    [Fact]
    public async Task PredictionBeforeTheFirstEpoch_IsRefusedUntilLater()
    {
        using var folder = new TemporaryFolder();
        using var stopped = new ManualResetEventSlim();
        await using RunningServer server = await RunningServer.StartAsync(Path.Combine(folder.Path, "digits.safetensors"), () => Await(stopped));
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage response = await client.PostAsync("predict/bytes", Bodies.OfBytes(784));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Contains("has not ended", await Bodies.ProblemOfAsync(response), StringComparison.Ordinal);
        stopped.Set();
    }

    [Fact]
    public async Task ImagesThatCannotBeRead_AreSaid_AndTheServerLivesOn()
    {
        using var folder = new TemporaryFolder();
        await using RunningServer server = await RunningServer.StartAsync(Path.Combine(folder.Path, "digits.safetensors"), () => throw new InvalidDataException("The file is damaged."));
        TrainingState state = await server.WaitForTrainingAsync();
        Assert.Equal((TrainingPhase.Failed, "Training failed: The file is damaged."), (state.Phase, state.Message));
        using HttpClient client = server.CreateClient();
        Assert.Contains("The file is damaged.", await client.GetStringAsync("training"), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedWeights_AreRefusedAtTheStart_AndKept()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "digits.safetensors");
        File.WriteAllText(path, "no weights");
        Assert.Throws<WeightFileException>(() => WebSample.Build(new WebOptions(Weights: path), () => Drawn.Value));
        Assert.Equal("no weights", File.ReadAllText(path));
    }

    [Fact]
    public void WeightsThatAreAFolder_AreRefusedBeforeAnythingIsTrained()
    {
        using var folder = new TemporaryFolder();
        IOException exception = Assert.Throws<IOException>(() => WebSample.Build(new WebOptions(Weights: folder.Path), () => throw new InvalidOperationException("Nothing is to be trained.")));
        Assert.Contains("is a folder", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, WebSample.Main(["--train", "--offline", "--weights", folder.Path]));
    }

    [Theory]
    [InlineData("--url", "somewhere")]
    [InlineData("--epochs", "0")]
    [InlineData("--port", "80")]
    public void WrongArguments_EndWithExitCode2(params string[] arguments) => Assert.Equal(2, WebSample.Main(arguments));

    private static DigitImages Await(ManualResetEventSlim signal)
    {
        signal.Wait();
        return Drawn.Value;
    }

    private static Task<double> ProgressAsync(DrawingPage page) => page.Page.Locator("#progress").EvaluateAsync<double>("progress => progress.value");
}

using Microsoft.Playwright;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>The page in a browser, drawn on by mouse or finger. Disposing it fails if the page wrote an error or a request failed.</summary>
internal sealed class DrawingPage : IAsyncDisposable
{
    private const int StepsPerLine = 2;

    private readonly List<string> _errors = [];
    private readonly IBrowserContext _context;

    private DrawingPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.RequestFailed += (_, request) => Note(true, $"{request.Url}: {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Url}: {response.Status}");
    }

    public IPage Page { get; }

    public ILocator Digit => Page.Locator("#digit");

    public static async Task<DrawingPage> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = new DrawingPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address.ToString());
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("conv2d1");
        return page;
    }

    /// <summary>Waits until the network answers.</summary>
    public Task WaitUntilReadyAsync() => Assertions.Expect(Page.Locator("#status")).ToContainTextAsync("The network has learnt");

    /// <summary>Draws the strokes with the mouse, waits for the answer to the whole of them, and returns it.</summary>
    public async Task<string> DrawWithMouseAsync(double[][] strokes)
    {
        LocatorBoundingBoxResult pad = await PadAsync();
        foreach (double[] stroke in strokes)
        {
            for (int i = 0; i < stroke.Length; i += 2)
            {
                await Page.Mouse.MoveAsync(X(pad, stroke[i]), Y(pad, stroke[i + 1]), new() { Steps = i == 0 ? 1 : StepsPerLine });
                if (i == 0)
                {
                    await Page.Mouse.DownAsync();
                }
            }

            await Page.Mouse.UpAsync();
        }

        return await AnswerAsync();
    }

    /// <summary>The same with a finger.</summary>
    public async Task<string> DrawWithFingerAsync(double[][] strokes)
    {
        LocatorBoundingBoxResult pad = await PadAsync();
        ICDPSession devTools = await _context.NewCDPSessionAsync(Page);
        foreach (double[] stroke in strokes)
        {
            await TouchAsync(devTools, "touchStart", X(pad, stroke[0]), Y(pad, stroke[1]));
            for (int i = 2; i < stroke.Length; i += 2)
            {
                for (int step = 1; step <= StepsPerLine; step++)
                {
                    double share = (double)step / StepsPerLine;
                    double x = stroke[i - 2] + (share * (stroke[i] - stroke[i - 2])), y = stroke[i - 1] + (share * (stroke[i + 1] - stroke[i - 1]));
                    await TouchAsync(devTools, "touchMove", X(pad, x), Y(pad, y));
                }
            }

            await devTools.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        }

        return await AnswerAsync();
    }

    public Task ClearAsync() => Page.Locator("#clear").ClickAsync();

    /// <summary>What a canvas shows, as text that differs when it does.</summary>
    public Task<string> PictureOfAsync(string canvas) => Page.Locator(canvas).EvaluateAsync<string>("canvas => canvas.toDataURL()");

    public async Task SaveScreenshotAsync(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>The drawing and what is read of it, on a desktop: small enough for the index of the samples.</summary>
    public async Task SaveIndexPictureAsync()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "27-Web.png"), Clip = new() { X = 180, Y = 10, Width = 920, Height = 620 } });
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        lock (_errors)
        {
            Assert.Empty(_errors);
        }
    }

    private static Task TouchAsync(ICDPSession devTools, string type, float x, float y) =>
        devTools.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new Dictionary<string, object> { ["x"] = x, ["y"] = y } } });

    private static float X(LocatorBoundingBoxResult pad, double share) => (float)(pad.X + (share * pad.Width));

    private static float Y(LocatorBoundingBoxResult pad, double share) => (float)(pad.Y + (share * pad.Height));

    private async Task<LocatorBoundingBoxResult> PadAsync() =>
        await Page.Locator("#pad").BoundingBoxAsync() ?? throw new InvalidOperationException("The pad is not shown.");

    private async Task<string> AnswerAsync()
    {
        await Assertions.Expect(Page.Locator("#answer")).ToHaveAttributeAsync("aria-busy", "false");
        return await Digit.InnerTextAsync();
    }

    private void Note(bool isWrong, string text)
    {
        if (isWrong)
        {
            lock (_errors)
            {
                _errors.Add(text);
            }
        }
    }
}

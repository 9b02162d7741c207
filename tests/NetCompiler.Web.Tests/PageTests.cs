using Microsoft.Playwright;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>The page in a real browser, with a network that has learnt.</summary>
[Collection(TrainedServerTests.Name)]
public class PageTests(TrainedServer server, BrowserSession browser)
{
    [BrowserFact]
    public async Task DigitsDrawnWithTheMouse_AreRead()
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        await page.WaitUntilReadyAsync();
        var read = new List<string>();
        for (int digit = 0; digit < 10; digit++)
        {
            read.Add(await page.DrawWithMouseAsync(Handwriting.Of(digit)));
            await page.ClearAsync();
        }

        Assert.Equal("0123456789", string.Concat(read));
    }

    [BrowserFact]
    public async Task DigitsDrawnWithAFinger_AreRead_AndDoNotScrollThePage()
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address, BrowserSession.Phone());
        await page.WaitUntilReadyAsync();
        Assert.Equal("7", await page.DrawWithFingerAsync(Handwriting.Of(7)));
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("scrollY"));
        await page.Page.Locator("#clear").TapAsync();
        Assert.Equal("3", await page.DrawWithFingerAsync(Handwriting.Of(3)));
    }

    [BrowserFact]
    public async Task SmallDigitInACorner_IsRead()
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        await page.WaitUntilReadyAsync();
        double[][] small = [.. Handwriting.Of(3).Select(stroke => stroke.Select((value, i) => (value * 0.35) + (i % 2 == 0 ? 0.62 : 0.02)).ToArray())];
        Assert.Equal("3", await page.DrawWithMouseAsync(small));
    }

    [BrowserFact]
    public async Task Answer_ShowsProbabilitiesLatencyAndTheDecidingPixels()
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        await page.WaitUntilReadyAsync();
        string empty = await page.PictureOfAsync("#saliency");
        await page.DrawWithMouseAsync(Handwriting.Of(7));
        string seven = await page.PictureOfAsync("#saliency"), input = await page.PictureOfAsync("#input");
        Assert.Matches(@"^\d+\.\d µs$", await page.Page.Locator("#latency").InnerTextAsync());
        Assert.Matches(@"^\d+\.\d ms$", await page.Page.Locator("#roundtrip").InnerTextAsync());
        IReadOnlyList<string> shares = await page.Page.Locator("#bars .share").AllInnerTextsAsync();
        Assert.Equal(10, shares.Count);
        Assert.InRange(shares.Sum(share => double.Parse(share.Replace("%", "", StringComparison.Ordinal))), 99, 101);
        Assert.StartsWith("7", await page.Page.Locator("#bars .best").InnerTextAsync(), StringComparison.Ordinal);

        await page.ClearAsync();
        Assert.Equal("–", await page.Digit.InnerTextAsync());
        Assert.Equal("–", await page.Page.Locator("#latency").InnerTextAsync());
        Assert.Equal(empty, await page.PictureOfAsync("#saliency"));
        await page.DrawWithMouseAsync(Handwriting.Of(0));
        Assert.Equal(4, new[] { empty, seven, input, await page.PictureOfAsync("#saliency") }.Distinct().Count());
    }

    [BrowserFact]
    public async Task Keyboard_ReachesExamplesAndClear()
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        await page.WaitUntilReadyAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("clear", await page.Page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("example", await page.Page.EvaluateAsync<string>("document.activeElement.id"));
        var read = new List<string>();
        for (int digit = 0; digit < 10; digit++)
        {
            await page.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Page.Locator("#answer")).ToHaveAttributeAsync("aria-busy", "false");
            read.Add(await page.Digit.InnerTextAsync());
        }

        Assert.Equal("0123456789", string.Concat(read));
        await page.Page.Keyboard.PressAsync("Shift+Tab");
        await page.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Digit).ToHaveTextAsync("–");
    }

    [BrowserFact]
    public async Task NetworkIsShown_WithItsPicture()
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address);
        Assert.Contains("hidden", await page.Page.Locator("#summary").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Page.Locator("#picture").EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 100"));
    }

    [BrowserTheory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(false, ColorScheme.Dark)]
    [InlineData(true, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Page_IsLegibleAtEverySizeInLightAndDark(bool isPhone, ColorScheme scheme)
    {
        await using DrawingPage page = await browser.OpenAsync(server.Address, isPhone ? BrowserSession.Phone(scheme) : BrowserSession.Desktop(scheme));
        await page.WaitUntilReadyAsync();
        Assert.Equal("3", isPhone ? await page.DrawWithFingerAsync(Handwriting.Of(3)) : await page.DrawWithMouseAsync(Handwriting.Of(3)));
        await page.SaveScreenshotAsync($"{(isPhone ? "phone" : "desktop")}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
        if (!isPhone && scheme == ColorScheme.Light)
        {
            await page.SaveIndexPictureAsync();
        }

        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");

        // WCAG's AA: 4.5 for text.
        double contrast = await page.Page.EvaluateAsync<double>(LeastContrast);
        Assert.True(contrast >= 4.5, $"A text has a contrast of {contrast:0.00} to its ground.");
        double[] heights = await page.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('button')].map(button => button.getBoundingClientRect().height)");
        Assert.All(heights, height => Assert.InRange(height, 44, 80));
    }

    private const string LeastContrast = """
        () => {
          const parse = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = colour => {
            const [r, g, b] = parse(colour).map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = element => {
            for (; element; element = element.parentElement) {
              const colour = getComputedStyle(element).backgroundColor, channels = parse(colour);
              if (channels.length < 4 || channels[3] > 0) { return colour; }
            }
            return "rgb(255, 255, 255)";
          };
          const texts = [...document.querySelectorAll("h1, h2, p, b, span, dt, dd, figcaption, button, pre, output")].filter(element => element.innerText?.trim());
          return Math.min(...texts.map(element => {
            const [low, high] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
          }));
        }
        """;
}

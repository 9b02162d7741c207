using Microsoft.Playwright;
using Xunit;

namespace NetCompiler.Tests.Web;

/// <summary>One headless Chromium for all tests; every page has a context of its own.</summary>
public sealed class BrowserSession : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is { } path)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens the page of a server.</summary>
    internal async Task<DrawingPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        IBrowser browser = _browser ?? throw new InvalidOperationException("There is no Chromium on the path (Debian: apt-get install chromium).");
        IBrowserContext context = await browser.NewContextAsync(options ?? Desktop());
        return await DrawingPage.OpenAsync(context, address);
    }

    public static BrowserNewContextOptions Desktop(ColorScheme scheme = ColorScheme.Light) => new() { ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = scheme };

    public static BrowserNewContextOptions Phone(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        DeviceScaleFactor = 2,
        HasTouch = true,
        IsMobile = true,
        ColorScheme = scheme,
    };
}

namespace Samples;

/// <summary>The page, which is embedded in the assembly: it needs nothing from the web and no folder beside the program.</summary>
public static class PageFiles
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string Name, string Type)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/page.css", "page.css", "text/css; charset=utf-8"),
        ("/page.js", "page.js", "text/javascript; charset=utf-8"),
        ("/drawing.js", "drawing.js", "text/javascript; charset=utf-8"),
        ("/pictures.js", "pictures.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>Serves the files of the page.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string name, string type) in Files)
        {
            byte[] content = Read(name);
            routes.MapGet(path, context =>
            {
                context.Response.ContentType = type;
                context.Response.ContentLength = content.Length;
                context.Response.Headers.CacheControl = "no-cache";
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.Headers.ContentSecurityPolicy = Policy;
                return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
            });
        }
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not embedded in {typeof(PageFiles).Assembly.GetName().Name}.");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

using Microsoft.AspNetCore.Server.Kestrel.Core;
using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>A web page that reads what one draws: one network in a server, asked by many at once.</summary>
public static class WebSample
{
    /// <summary>Options: --url URL (http://0.0.0.0:5027 lets a phone in), --weights FILE, --data FOLDER, --epochs N, --offline (download nothing), --train (train if there are no weights, and end).</summary>
    public static int Main(string[] args) => SampleProgram.Run(() =>
    {
        var arguments = new SampleArguments(args, ["url", "weights", "data", "epochs"], ["offline", "train"]);
        var options = new WebOptions();
        options = new WebOptions(arguments.Text("url") ?? options.Url, arguments.Text("weights") ?? options.Weights, arguments.Count("epochs", options.Epochs));
        using WebApplication server = Build(options, () => DigitSource.Load(arguments.Text("data"), useShared: true, mayDownload: !arguments.Has("offline")));
        if (arguments.Has("train"))
        {
            TrainOnly(server.Services);
            return;
        }

        server.Run();
    });

    /// <summary>Does the work of the first start beforehand, as for the image of a container, and listens to nobody; Ctrl+C cancels it.</summary>
    /// <exception cref="InvalidDataException">Training failed.</exception>
    /// <exception cref="IOException">The weights cannot be saved, or training was canceled.</exception>
    private static void TrainOnly(IServiceProvider services)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            cancellation.Cancel();
        };
        string weights = services.GetRequiredService<WebOptions>().Weights;
        if (!File.Exists(weights))
        {
            OutputFolder.Make(FolderOf(weights));
        }

        TrainingJob job = services.GetServices<IHostedService>().OfType<TrainingJob>().Single();
        job.StartAsync(cancellation.Token).GetAwaiter().GetResult();
        job.ExecuteTask!.GetAwaiter().GetResult();
        TrainingState state = services.GetRequiredService<TrainingBoard>().State;
        if (state.Phase == TrainingPhase.Failed)
        {
            throw new InvalidDataException(state.Message);
        }

        if (!File.Exists(weights))
        {
            throw new IOException($"No weights are in {weights}: they could not be saved, or the training was canceled.");
        }
    }

    /// <summary>Builds the server. A network whose weights are there answers at once; otherwise it is trained when the server has started.</summary>
    /// <param name="options">Where it listens and what it reads.</param>
    /// <param name="load">Finds images; only called without weights.</param>
    /// <exception cref="ArgumentException">The URL is none.</exception>
    /// <exception cref="IOException">The weights are damaged or another network's, their path is a folder's, or their folder cannot be made.</exception>
    public static WebApplication Build(WebOptions options, Func<DigitImages> load)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(RequireUrl(options.Url)).ConfigureKestrel(Limit);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Enabled at whatever level, it makes an activity and a log scope for every request: 800 bytes that nobody reads.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(options).AddSingleton(load).AddSingleton<DigitReader>().AddSingleton<TrainingBoard>();
        builder.Services.AddHostedService<TrainingJob>();

        WebApplication server = builder.Build();
        server.UseExceptionHandler();

        // For paths and methods that no endpoint has. The endpoints write their own problems, and a request that goes well should not pay for this.
        server.UseWhen(context => context.GetEndpoint() is not RouteEndpoint, others => others.UseStatusCodePages());
        LoadWeights(options.Weights, server.Services.GetRequiredService<DigitReader>(), server.Services.GetRequiredService<TrainingBoard>());
        Map(server);
        return server;
    }

    private static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = WebOptions.BodyLimit;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);

        // Slower than any telephone: such a body is half sent and never ends, and its connection is wanted by others.
        server.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(3));
    }

    private static void Map(WebApplication server)
    {
        DigitReader reader = server.Services.GetRequiredService<DigitReader>();
        TrainingBoard board = server.Services.GetRequiredService<TrainingBoard>();
        var replies = new Replies(reader);
        PageFiles.Map(server);
        server.MapPost("/predict", new ImageEndpoint("application/json", PixelBody.ReadJson, replies.PredictJson, reader, WebOptions.BodyLimit).HandleAsync);
        server.MapPost("/predict/bytes", new ImageEndpoint(Replies.Bytes, PixelBody.ReadBytes, replies.PredictBytes, reader, WebOptions.BodyLimit).HandleAsync);
        server.MapPost("/saliency", new ImageEndpoint(Replies.Bytes, PixelBody.ReadBytes, replies.Saliency, reader, WebOptions.BodyLimit).HandleAsync);
        server.MapGet("/training", () => TypedResults.Json(board.State, WebJson.Default.TrainingState));

        NetworkDescription network = DrawnDigits.Description;
        string picture = network.ToSvg();
        server.MapGet("/network", () => TypedResults.Json(new NetworkSummary(network.Name, network.ToString(), network.ParameterCount), WebJson.Default.NetworkSummary));
        server.MapGet("/network.svg", () => TypedResults.Text(picture, "image/svg+xml"));
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static void LoadWeights(string path, DigitReader reader, TrainingBoard board)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"--weights is \"{path}\", but that is a folder; it must be the file of the weights, such as {Path.Combine(path, "digits.safetensors")}.");
        }

        if (!File.Exists(path))
        {
            Directory.CreateDirectory(FolderOf(path));
            return;
        }

        DrawnDigits network = DrawnDigits.Load(path);
        reader.Publish(network);
        board.Show(TrainingJob.Describe(network, ""));
    }

    private static string RequireUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme == Uri.UriSchemeHttp
        ? url
        : throw new ArgumentException($"--url is \"{url}\", but must be like {new WebOptions().Url}.");
}

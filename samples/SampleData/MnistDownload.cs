using System.Net.Http.Headers;
using Spectre.Console;

namespace Samples.Data;

/// <summary>Fetches MNIST into the user's cache.</summary>
public static class MnistDownload
{
    /// <summary>Public copies of the files.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
    ];

    // A machine without a network should go on soon.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FileTimeout = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Downloads the files that <paramref name="folder"/> lacks, each under a temporary name until its checksum is right. Returns null
    /// when all are there, else what went wrong.
    /// </summary>
    /// <param name="folder">Where the files go; made where it is missing.</param>
    /// <param name="mirrors">Addresses that end in a slash, tried in turn; null means <see cref="Mirrors"/>.</param>
    /// <param name="fileTimeout">How long one file may take, from the request to its last byte; null means three minutes.</param>
    /// <param name="cancellationToken">Ends the download where it is; whole files stay, a part of one goes.</param>
    /// <exception cref="OperationCanceledException">The download was canceled.</exception>
    public static async Task<string?> RunAsync(string folder, IReadOnlyList<Uri>? mirrors = null, TimeSpan? fileTimeout = null, CancellationToken cancellationToken = default)
    {
        // The client's own timeout ends at the headers, and a body can stop in its middle.
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
        TimeSpan timeout = fileTimeout ?? FileTimeout;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("NetCompiler", "1.0"));
        var problems = new List<string>();
        foreach (Uri mirror in mirrors ?? Mirrors)
        {
            try
            {
                Directory.CreateDirectory(folder);
                await TimedProgress.Create().StartAsync(progress => FetchAllAsync(client, mirror, folder, timeout, progress, cancellationToken));
                return null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException or TimeoutException or InvalidDataException or UnauthorizedAccessException)
            {
                problems.Add($"{mirror.Host}: {exception.Message}");
            }
        }

        return string.Join("; ", problems);
    }

    private static async Task FetchAllAsync(HttpClient client, Uri mirror, string folder, TimeSpan timeout, ProgressContext progress, CancellationToken cancellationToken)
    {
        foreach (string name in MnistFiles.Checksums.Keys)
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                await FetchAsync(client, new Uri(mirror, name), path, timeout, progress.AddTask(name), cancellationToken);
            }
        }
    }

    private static async Task FetchAsync(HttpClient client, Uri address, string path, TimeSpan timeout, ProgressTask task, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        cancellation.CancelAfter(timeout);
        try
        {
            await FetchAsync(client, address, path, task, cancellation.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(FormattableString.Invariant($"{Path.GetFileName(path)} was not there after {timeout.TotalSeconds:0.###} seconds"), exception);
        }
    }

    private static async Task FetchAsync(HttpClient client, Uri address, string path, ProgressTask task, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        task.MaxValue = response.Content.Headers.ContentLength ?? 0;
        string unfinished = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream file = File.Create(unfinished))
            {
                using Stream source = await response.Content.ReadAsStreamAsync(cancellation);
                await CopyAsync(source, file, task, cancellation);
                file.Position = 0;
                string name = Path.GetFileName(path);
                if (!MnistFiles.Matches(name, file))
                {
                    throw new InvalidDataException($"{name} of {file.Length} bytes does not have the SHA-256 {MnistFiles.Checksums[name]}");
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task CopyAsync(Stream source, FileStream destination, ProgressTask task, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = await source.ReadAsync(buffer, cancellation)) > 0;)
        {
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellation);
            task.Increment(read);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Benchmarks.PeerFiles;

namespace Benchmarks.Contenders;

/// <summary>PyTorch's training steps, timed by the peers' own script in a Python process with so many threads.</summary>
internal sealed partial class PyTorchPeer
{
    private readonly string _python;
    private readonly string _script;

    private PyTorchPeer(string python, string script, string version)
    {
        _python = python;
        _script = script;
        Version = version;
    }

    /// <summary>The networks that the script trains, at batch 32 and 128.</summary>
    public static IReadOnlyCollection<string> Networks { get; } = ["credit", "mlp", "mlp512", "mnist_cnn", "cifar_cnn", "sentiment"];

    /// <summary>PyTorch's version and linear algebra, as it states them.</summary>
    public string Version { get; }

    /// <summary>Looks for a Python that has PyTorch: $PYTHON, the first on the path, the system's. Null with the reason where there is none.</summary>
    public static PyTorchPeer? Find(PeerFolder? peers, out string reason)
    {
        if (peers is null || !File.Exists(peers.TrainingScript))
        {
            reason = "there is no train_pytorch.py in the peers' folder";
            return null;
        }

        foreach (string? python in new[] { Environment.GetEnvironmentVariable("PYTHON"), "python3", "/usr/bin/python3", "python" })
        {
            if (python is { Length: > 0 } && AskVersion(python) is { } version)
            {
                reason = "";
                return new PyTorchPeer(python, peers.TrainingScript, version);
            }
        }

        reason = "no Python with torch was found (Debian: apt-get install python3-torch; or name one in $PYTHON)";
        return null;
    }

    /// <summary>One run of the script on so many threads: seconds per step by network and batch. It is ended once the wanted networks are timed.</summary>
    /// <exception cref="InvalidOperationException">The script ended before that.</exception>
    public IReadOnlyDictionary<(string Network, int Batch), double> MeasureRound(IReadOnlyCollection<(string Network, int Batch)> wanted, int threads)
    {
        var seconds = new Dictionary<(string, int), double>();
        using Process process = Start(_python, [_script, threads.ToString(CultureInfo.InvariantCulture)]);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Row().Match(line) is { Success: true } row)
            {
                var key = (row.Groups["network"].Value, int.Parse(row.Groups["batch"].Value, CultureInfo.InvariantCulture));
                seconds[key] = 1e-6 * double.Parse(row.Groups["time"].Value, CultureInfo.InvariantCulture);
                if (wanted.All(seconds.ContainsKey))
                {
                    process.Kill(entireProcessTree: true);
                    return seconds;
                }
            }
        }

        process.WaitForExit();
        string missing = string.Join(", ", wanted.Where(key => !seconds.ContainsKey(key)).Select(key => $"{key.Network} batch {key.Batch}"));
        throw new InvalidOperationException($"{_script} ended with exit code {process.ExitCode} without rows for {missing}.");
    }

    private static string? AskVersion(string python)
    {
        // The script's figures depend more on the linear algebra behind PyTorch than on PyTorch.
        const string Question = "import torch; print(torch.__version__, 'MKL' if torch.backends.mkl.is_available() else 'without MKL')";
        try
        {
            using Process process = Start(python, ["-c", Question]);
            string answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    [GeneratedRegex(@"^(?<network>\w+)\s+batch\s+(?<batch>\d+)\s+(?<time>[\d.]+) us/step")]
    private static partial Regex Row();
}

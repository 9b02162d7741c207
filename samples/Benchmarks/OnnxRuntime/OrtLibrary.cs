using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks.OnnxRuntime;

/// <summary>Where ONNX Runtime's native library is: it comes inside the npm package onnxruntime-node.</summary>
internal static class OrtLibrary
{
    private const string Package = "onnxruntime-node";

    /// <summary>What installs the package, for messages.</summary>
    public static string InstallCommand => $"npm install {Package} --ignore-scripts --prefix \"{CacheFolder}\"";

    /// <summary>The per-user folder that an installation goes to.</summary>
    public static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "NetCompiler", "onnxruntime");

    private static string PlatformFolder
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            string processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
            return Path.Combine(system, processor);
        }
    }

    /// <summary>The library in $ONNXRUNTIME (a file or a folder), below the peers' folder or in the cache; null where it is in none.</summary>
    public static string? Find(string? peers)
    {
        string? named = Environment.GetEnvironmentVariable("ONNXRUNTIME");
        return File.Exists(named) ? named : new[] { named, peers, CacheFolder }.Select(FindBelow).FirstOrDefault(path => path is not null);
    }

    /// <summary>Runs npm; null when it succeeded, else what went wrong.</summary>
    public static string? Install()
    {
        Directory.CreateDirectory(CacheFolder);
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(npm, ["install", Package, "--ignore-scripts", "--prefix", CacheFolder])
            {
                RedirectStandardOutput = true,
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"npm ended with exit code {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "npm was not found";
        }
    }

    private static string? FindBelow(string? folder)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return null;
        }

        string[] candidates = [folder, Path.Combine(folder, "node_modules", Package)];
        return candidates.Where(Directory.Exists).SelectMany(LibrariesIn).FirstOrDefault();
    }

    private static IEnumerable<string> LibrariesIn(string folder)
    {
        string bin = Path.Combine(folder, "bin");
        IEnumerable<string> versions = Directory.Exists(bin) ? Directory.EnumerateDirectories(bin, "napi-v*") : [];
        IEnumerable<string> folders = versions.Select(version => Path.Combine(version, PlatformFolder)).Where(Directory.Exists).Prepend(folder);
        return folders.SelectMany(Directory.EnumerateFiles).Where(IsLibrary).Order(StringComparer.Ordinal);
    }

    private static bool IsLibrary(string path)
    {
        string name = Path.GetFileName(path);
        return OperatingSystem.IsWindows() ? name == "onnxruntime.dll"
            : name.StartsWith("libonnxruntime.", StringComparison.Ordinal) && name.Contains(OperatingSystem.IsMacOS() ? ".dylib" : ".so", StringComparison.Ordinal);
    }
}

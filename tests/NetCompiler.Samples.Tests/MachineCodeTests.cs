using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Samples;

/// <summary>
/// What decides the speed of the benchmark's networks, read from the machine code of their kernels and not from a clock: all is optimised, loops that multiply and add do so with the
/// widest vectors, call nothing and keep their sums in registers, and nothing is allocated.
/// </summary>
public sealed class MachineCodeTests(ITestOutputHelper output)
{
    private static readonly string Benchmarks = Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll");

    /// <summary>The widths of vectors that this processor has, and the registers that hold them.</summary>
    public static TheoryData<int, string> Widths()
    {
        var widths = new TheoryData<int, string> { { 256, "ymm" } };
        if (Vector512.IsHardwareAccelerated)
        {
            widths.Add(512, "zmm");
        }

        return widths;
    }

    [WideVectorTheory]
    [MemberData(nameof(Widths))]
    public void Kernels_AreWhatTheyAreMeantToBe(int bits, string register) => Check(bits, register, ("DOTNET_EnableAVX512", bits == 512 ? "1" : "0"));

    private void Check(int bits, string register, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        string owner = string.Create(CultureInfo.InvariantCulture, $"+Kernels{bits}:");
        MachineMethod[] kernels = [.. List($"*Kernels{bits}:*", environment).Where(method => method.Name.Contains(owner, StringComparison.Ordinal))];
        var wrong = new List<string>();
        int hot = 0, products = 0;
        foreach (MachineMethod kernel in kernels)
        {
            bool callsKernels = kernel.Instructions.Any(instruction => instruction.StartsWith("call", StringComparison.Ordinal));

            // Programs only call kernels: the runtime may take its time with them.
            if (kernel.Optimisation != "FullOpts" && !callsKernels)
            {
                wrong.Add($"{kernel.Name}: compiled with {kernel.Optimisation}");
            }

            // Until they are optimised, methods that are called often are counted by helpers of the runtime.
            string helpers = kernel.Optimisation == "FullOpts" ? "CORINFO_HELP_" : "CORINFO_HELP_NEW";
            wrong.AddRange(kernel.Instructions.Where(instruction => instruction.Contains(helpers, StringComparison.Ordinal)).Select(helper => $"{kernel.Name}: {helper}"));
            foreach (IReadOnlyList<string> loop in kernel.InnermostLoops)
            {
                string[] sums = [.. loop.Where(MachineMethod.IsMultiplyAdd)];
                if (sums.Length == 0)
                {
                    continue;
                }

                (hot, products) = (hot + 1, products + sums.Length);
                int spills = loop.Count(MachineMethod.IsSpill);
                if (loop.Any(instruction => instruction.StartsWith("call", StringComparison.Ordinal)))
                {
                    wrong.Add($"{kernel.Name}: a call beside {sums.Length} multiply-adds");
                }

                if (Array.Find(sums, sum => !sum.Contains(register, StringComparison.Ordinal)) is { } narrow)
                {
                    wrong.Add($"{kernel.Name}: {narrow} in a loop for {register}");
                }

                // Elementary functions have more constants than a processor has registers; sums of products have to stay in them.
                if (8 * spills > sums.Length && !loop.Any(MachineMethod.IsOfElementaryFunction))
                {
                    wrong.Add($"{kernel.Name}: {spills} vectors are moved from or to the stack beside {sums.Length} multiply-adds");
                }
            }
        }

        output.WriteLine($"{kernels.Length} methods, {hot} loops with {products} multiply-adds");
        Assert.True(kernels.Length > 100 && hot > 50, $"Only {kernels.Length} methods with {hot} loops that multiply and add were found.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IReadOnlyList<MachineMethod> List(string methods, ReadOnlySpan<(string Name, string Value)> environment)
    {
        using var folder = new TemporaryFolder();
        string listing = Path.Combine(folder.Path, "listing.txt");
        var start = new ProcessStartInfo("dotnet", [Benchmarks, "--every-kernel"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // One core: kernels that another one compiles ahead would be listed between the lines of these.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["DOTNET_JitDisasm"] = methods;
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string networks = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{networks}{errors.Result}");
        return MachineMethod.Read(File.ReadLines(listing));
    }
}

/// <summary>A test for processors with vectors of 256 bits at least.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WideVectorTheoryAttribute : TheoryAttribute
{
    public WideVectorTheoryAttribute() => Skip = Vector256.IsHardwareAccelerated ? null : "This processor has no vectors of 256 bits.";
}

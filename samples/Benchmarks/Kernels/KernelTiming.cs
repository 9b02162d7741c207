using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text;
using Benchmarks.Machine;
using Benchmarks.Measuring;
using Benchmarks.Reports;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetCompiler.Generators;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Targets.CSharp;
using TargetMachine = NetCompiler.Generators.Schedule.Machine;

namespace Benchmarks.Kernels;

/// <summary>Compiles the kernels of one program in this process and times the products among them, each alone, on buffers of their own.</summary>
internal static class KernelTiming
{
    /// <summary>The blocks of which the best counts.</summary>
    public const int Blocks = 9;

    // As the blocks of a network, which begin with a cache line.
    private const string AlignedSource = "static ref float Aligned(float[] array) => ref Unsafe.Add(ref array[0], (int)((64 - ((nint)Unsafe.AsPointer(ref array[0]) & 63)) & 63) / sizeof(float));\n";

    private delegate void KernelLoop(float[][] memory, long calls);

    private static readonly string[] Memory = ["batched", "constants", "feature", "parameters", "gradients", "output", "outputGradient", "inputGradient", "derived", "scratch"];

    /// <summary>The machine's own tiling.</summary>
    public static TargetMachine Machine => Vector512.IsHardwareAccelerated ? TargetMachine.Vector512 : Vector256.IsHardwareAccelerated ? TargetMachine.Vector256 : TargetMachine.Vector128;

    /// <summary>
    /// Each product of a graph, the forward one and both gradients, by turns with the peak of multiply-adds: the best block of each, as a block can only lose by what
    /// else the machine does.
    /// </summary>
    public static IReadOnlyList<KernelTime> Measure(KernelCase layer, NetworkGraph graph, ProgramMode mode, IReadOnlyList<PlannedDerived>? derived = null) =>
        [.. Loops(layer, graph, mode, derived ?? []).Select(loop => Best(loop.Kernel, loop.Repeat))];

    /// <summary>A loop over calls of each product of a graph.</summary>
    public static IEnumerable<(string Kernel, Action<long> Repeat)> Loops(KernelCase layer, NetworkGraph graph, ProgramMode mode, IReadOnlyList<PlannedDerived> derived)
    {
        KernelProgram program = ProgramScheduler.Run(graph, layer.Weights, [], Machine, mode, derived: derived);
        (string Name, string Call)[] products;
        string source = Write(program, layer.Batch, out products);
        Type compiled = Compile(source);
        float[][] memory =
        [
            Random(program.BatchedFloats * layer.Batch), Random(program.FixedFloats), Random(layer.InputLength * layer.Batch), Random(layer.Weights.Sum(weight => weight.PhysicalLength)),
            Random(layer.Weights.Sum(weight => weight.PhysicalLength)), Random(layer.OutputLength * layer.Batch), Random(layer.OutputLength * layer.Batch), Random(layer.InputLength * layer.Batch),
            Random(derived.Sum(value => value.PhysicalLength)), Random(program.ScratchFloats),
        ];
        return products.Select((product, i) =>
        {
            var loop = compiled.GetMethod($"Loop{i}")!.CreateDelegate<KernelLoop>();
            return (product.Name, (Action<long>)(calls => loop(memory, calls)));
        });
    }

    private static KernelTime Best(string kernel, Action<long> repeat)
    {
        (double Seconds, double Peak)[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => (TimedLoop.SecondsPerCall(repeat), FmaPeak.Measure(threads: 1)))];
        return new KernelTime(kernel, blocks.Min(block => block.Seconds), blocks.Max(block => block.Peak));
    }

    private static string Write(KernelProgram program, int batch, out (string Name, string Call)[] products)
    {
        var kernels = new KernelWriter(Machine.Lanes, level: 0);
        products = [.. program.Calls.OfType<KernelCall>().Select(call => (Name: What(call), Call: $"{kernels.NameOf(call.Kernel)}({string.Join(", ", call.Arguments.Select(argument => Text(argument, batch)))});"))
            .Where(call => call.Name is not null).Select(call => (call.Name!, call.Call))];
        var text = new StringBuilder("using System.Runtime.CompilerServices;\nusing System.Runtime.Intrinsics;\n\npublic static unsafe class Measured\n{\n" + AlignedSource);
        for (int i = 0; i < products.Length; i++)
        {
            string arrays = string.Concat(Memory.Select((name, index) => $"ref float {name} = ref Aligned(memory[{index}]); "));
            text.Append($"public static void Loop{i}(float[][] memory, long calls) {{ {arrays}for (long call = 0; call < calls; call++) {{ {products[i].Call} }} }}\n");
        }

        var methods = new SourceWriter();
        kernels.WriteTo(methods);
        return text.Append(methods).Append("}\n").ToString();
    }

    // The names that the templates give; what is elementwise has none here.
    private static string? What(KernelCall call) =>
        Ends(call, "Convolution") || (!call.IsBackward && (Ends(call, "Product") || Ends(call, "Row"))) ? KernelTable.Forward
        : Ends(call, "Winograd") ? KernelTable.ForwardInTiles
        : Ends(call, "ImageGradient") || (call.IsBackward && Ends(call, "Product")) ? KernelTable.InputGradient
        : Ends(call, "KernelGradient") || Ends(call, "WeightGradient") ? KernelTable.WeightGradient
        : null;

    private static bool Ends(KernelCall call, string name) => call.Kernel.Name.EndsWith(name, StringComparison.Ordinal);

    private static Type Compile(string source)
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Measured" + Guid.NewGuid().ToString("N"), [CSharpSyntaxTree.ParseText(source)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        return result.Success
            ? Assembly.Load(image.ToArray()).GetType("Measured")!
            : throw new InvalidOperationException("The kernels do not compile: " + result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    private static string Text(ProgramArgument argument, int batch) => argument switch
    {
        PlaceArgument place => $"ref {Place(place.Place, batch)}",
        CountArgument count => NumberText.Integer(count.PerSample ? count.Rows * batch : count.Rows),
        ShareArgument share => NumberText.Integer(share.IsFirst ? 0 : share.Units * share.Size),
        AccumulateArgument { Value: true } => "true",
        AccumulateArgument => "false",
        _ => throw new InvalidOperationException($"A product takes no {argument.GetType().Name}."),
    };

    private static string Place(Place place, int batch) => place.Arena switch
    {
        Arena.Batched => At("batched", place.Offset * batch),
        Arena.Fixed => At("constants", place.Offset + place.Shift),
        Arena.Scratch => At("scratch", place.Offset),
        Arena.Feature => "feature",
        Arena.Parameters => At("parameters", place.Offset),
        Arena.Derived => At("derived", place.Offset),
        Arena.Gradients => At("gradients", place.Offset),
        Arena.Output => "output",
        Arena.OutputGradient => "outputGradient",
        Arena.InputGradient => "inputGradient",
        _ => throw new InvalidOperationException($"A product has nothing in {place.Arena}."),
    };

    private static string At(string memory, int offset) => $"Unsafe.Add(ref {memory}, {NumberText.Integer(offset)})";

    // Moderate values: gradients that are added up call after call stay finite in the time of a measurement.
    private static float[] Random(int length)
    {
        var random = new Random(3);
        float[] values = GC.AllocateUninitializedArray<float>(length + (2 * TilingPolicy.RowAlignment), pinned: true);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return values;
    }
}

/// <summary>The time of one product.</summary>
/// <param name="Kernel">Its name in the table.</param>
/// <param name="Seconds">The seconds of a call.</param>
/// <param name="Peak">The operations per second of multiply-adds without memory, beside it.</param>
internal sealed record KernelTime(string Kernel, double Seconds, double Peak);

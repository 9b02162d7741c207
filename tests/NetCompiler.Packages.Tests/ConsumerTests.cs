using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>Projects outside the solution that have nothing but a package reference.</summary>
[Collection(PackageFeed.Collection)]
public sealed class ConsumerTests(PackageFeed feed)
{
    /// <summary>No implicit usings, no nullable, no unsafe code, types of its own whose names are ours; it prints the bits of what it computes.</summary>
    private const string Program = """
        using NetCompiler;

        namespace Shop;

        [Network]
        [Input(4)]
        [Dense(16, Activation = Activation.Relu)]
        [Dense(3, Activation = Activation.Softmax)]
        [Loss(Loss.SparseCategoricalCrossentropy)]
        public partial class Flowers;

        [Network]
        [Input(12, 12, 1)]
        [Conv2D(8, 3, Activation = Activation.Relu)]
        [MaxPool2D(2)]
        [Flatten]
        [NetCompiler.Dense(3)]
        public partial class Marks;

        internal static partial class Holder
        {
            internal static partial class Inner
            {
                [Network]
                [Loss(Loss.MeanSquaredError, Output = "Score")]
                [NoLoss("Kind")]
                internal partial class Pair
                {
                    private static (NetCompiler.Tensor Kind, NetCompiler.Tensor Score) Forward([Input(6)] NetCompiler.Tensor left, [Input(2)] NetCompiler.Tensor right)
                    {
                        NetCompiler.Tensor both = NetCompiler.Tensor.Concat(left.Dense(8).Map(Swish), right);
                        return (both.Dense(3).Softmax(), both.Dense(1));
                    }

                    private static float Swish(float x) => x / (1 + System.MathF.Exp(-x));
                }
            }
        }

        public class Tensor;
        public class Dense;
        public class Column;
        public class Math;
        public class Console;
        public class Span;

        public static class Program
        {
            public static void Main()
            {
                var flowers = new Flowers(seed: 1);
                using Flowers.Training training = flowers.CreateTraining(batchSize: 8, threads: 2);
                float[] inputs = new float[32];
                int[] labels = new int[8];
                for (int i = 0; i < 32; i++)
                {
                    inputs[i] = (i * 7 % 11) - 5;
                    labels[i % 8] = i % 3;
                }

                float[] kind = new float[3], score = new float[1];
                new Holder.Inner.Pair(seed: 2).Predict(new float[6] { 1, 2, 3, 4, 5, 6 }, new float[2] { -1, 1 }, kind, score);
                Print(training.ComputeGradients(inputs, labels));
                Print(training.Gradients.ToArray());
                Print(flowers.Predict(inputs));
                Print(new Marks(seed: 3).Predict(new float[144]));
                Print(kind);
                Print(score);
                var debuggable = (System.Diagnostics.DebuggableAttribute)System.Attribute.GetCustomAttribute(typeof(Program).Assembly, typeof(System.Diagnostics.DebuggableAttribute));
                System.Console.WriteLine("optimizer disabled: " + debuggable.IsJITOptimizerDisabled);
            }

            private static void Print(params float[] values)
            {
                foreach (float value in values)
                {
                    System.Console.Write(System.BitConverter.SingleToInt32Bits(value).ToString("x8") + " ");
                }

                System.Console.WriteLine();
            }
        }
        """;

    private const string Strict = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><CheckForOverflowUnderflow>true</CheckForOverflowUnderflow><GenerateDocumentationFile>true</GenerateDocumentationFile><NoWarn>$(NoWarn);CS1591</NoWarn>";

    [Fact]
    public void PackageReferenceAlone_BuildsAndRunsTheSameCodeInReleaseAndDebug()
    {
        var consumer = new Consumer(feed, "Shop", "NetCompiler", Program, Strict);
        consumer.Build("Release").Succeeded();
        consumer.Build("Debug", "--no-restore").Succeeded();
        string releaseCode = Path.Combine(consumer.Folder, "release.jit"), debugCode = Path.Combine(consumer.Folder, "debug.jit");
        // On one core nothing is compiled ahead: what is depends on how long the program runs.
        string[] settings = ["DOTNET_PROCESSOR_COUNT=1", "DOTNET_TieredCompilation=0", "DOTNET_JitDisasmSummary=1"];
        string release = consumer.Run("Release", [.. settings, "DOTNET_JitStdOutFile=" + releaseCode]);
        string debug = consumer.Run("Debug", [.. settings, "DOTNET_JitStdOutFile=" + debugCode]);
        Assert.Equal(release, debug);
        Assert.EndsWith("optimizer disabled: False", debug.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("7fc00000", debug, StringComparison.Ordinal); // NaN

        // The same methods, all optimised, with as many bytes of code: what can be said of speed without a clock.
        string[] kernels = Kernels(debugCode);
        Assert.All(["Flowers", "Marks", "Pair"], network => Assert.Contains(kernels, line => line.Contains(network + "+Kernels", StringComparison.Ordinal)));
        Assert.All(kernels, line => Assert.Contains("[FullOpts, ", line, StringComparison.Ordinal));
        Assert.Equal(Kernels(releaseCode), kernels);

        // What holds weights need not be compiled where the package has its machine code.
        bool isCompiled = File.ReadLines(releaseCode).Any(line => line.Contains("NetCompiler.WeightArena:.ctor(", StringComparison.Ordinal));
        Assert.Equal(PackageFeed.PrecompiledRuntime is null, isCompiled);
    }

    [Fact]
    public void WrongShape_FailsTheBuildAndLinksToItsPage()
    {
        var consumer = new Consumer(feed, "Wrong", "NetCompiler", """
            using NetCompiler;

            System.Console.WriteLine(new Wrong().Predict(new float[4608]).Length);

            [Network]
            [Input(12, 12, 32)]
            [Activation(Activation.Relu)]
            [Reshape(5408)]
            [Dense(1)]
            public partial class Wrong;
            """);
        string[] errors = [.. consumer.Build("Debug").Failed().Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)).Distinct()];
        string error = Assert.Single(errors);
        Assert.Contains("Program.cs(8,10): error NC0204: Reshape(5408) needs 5408 values, but activation1 gives (12, 12, 32) = 4608 (file:///", error, StringComparison.Ordinal);
        string link = error[error.IndexOf("file:///", StringComparison.Ordinal)..];
        string page = new Uri(link[..link.IndexOf(')')]).LocalPath;
        Assert.StartsWith(feed.PackagesFolder, page, StringComparison.Ordinal);
        Assert.StartsWith("# NC0204: ", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void OlderFramework_IsRefusedWithThoseThatFit(string framework)
    {
        var consumer = new Consumer(feed, "Older." + framework, "NetCompiler", "", framework: framework);
        string output = DotNet.Run(consumer.Folder, "restore", "--nologo").Failed();
        Assert.Contains("NU1202", output, StringComparison.Ordinal);
        Assert.Contains("net10.0 (.NETCoreApp,Version=v10.0)", output, StringComparison.Ordinal);
        Assert.Contains("net9.0 (.NETCoreApp,Version=v9.0)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Net9_BuildsWithTrainingAlone()
    {
        const string Source = """
            using NetCompiler;

            var network = new Line(seed: 1);
            network.Fit(Dataset.Create<Line>(new float[] { 0, 1 }, new float[] { 1, 3 }), new FitOptions { Optimizer = new Sgd(0.1) });
            using Line.Training training = network.CreateTraining(batchSize: 2);
            GradientCheck.Run(training, [new float[] { 0, 1 }], [new float[] { 1, 3 }]);

            [Network]
            [Input(1)]
            [Dense(1)]
            [Loss(Loss.MeanSquaredError)]
            public partial class Line;
            """;
        new Consumer(feed, "Line", "NetCompiler.Training", Source, "<UseAppHost>false</UseAppHost>" + Strict, "net9.0").Build("Release").Succeeded();
    }

    /// <summary>The kernels that ran, without the order in which they were compiled.</summary>
    private static string[] Kernels(string file) =>
        [.. File.ReadLines(file).Where(line => line.Contains("+Kernels", StringComparison.Ordinal)).Select(line => line[line.IndexOf("JIT", StringComparison.Ordinal)..]).Order(StringComparer.Ordinal)];
}

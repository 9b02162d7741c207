using System.Globalization;

namespace Benchmarks.Startup;

/// <summary>A network that the generator is timed on.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Source">The declaration.</param>
/// <param name="Goal">The seconds that a run without anything cached may take.</param>
internal sealed record GeneratorCase(string Name, string Source, double Goal)
{
    public static IReadOnlyList<GeneratorCase> All { get; } =
    [
        new("784-512-512-10", Network("[Input(784)]", "[Dense(512, Activation = Activation.Relu)]", "[Dense(512, Activation = Activation.Relu)]"), 0.1),
        new("CNN of 10 layers", Network("[Input(32, 32, 3)]", [.. Stage(32), .. Stage(64), .. Stage(128), .. Stage(128), "[Flatten]", "[Dense(256, Activation = Activation.Relu)]"]), 0.1),
        new("10 equal dense layers", Network("[Input(64)]", Repeated(9)), 0.1),
        new("100 equal dense layers", Network("[Input(64)]", Repeated(99)), 0.3),
        new("100 dense layers of 100 widths", Network("[Input(64)]", [.. Enumerable.Range(1, 99).Select(i => Dense(64 + i))]), 0.3),
    ];

    private static string[] Stage(int filters) => [Convolution(filters), Convolution(filters), "[MaxPool2D(2)]"];

    private static string Convolution(int filters) => string.Create(CultureInfo.InvariantCulture, $"[Conv2D({filters}, 3, Padding = Padding.Same, Activation = Activation.Relu)]");

    private static string[] Repeated(int layers) => [.. Enumerable.Repeat(Dense(64), layers)];

    private static string Dense(int units) => string.Create(CultureInfo.InvariantCulture, $"[Dense({units}, Activation = Activation.Relu)]");

    private static string Network(string input, params IReadOnlyList<string> layers) =>
        $"[Network]\n{input}\n{string.Join('\n', layers)}\n[Dense(10, Activation = Activation.Softmax)]\n[Loss(Loss.SparseCategoricalCrossentropy)]\npublic partial class Measured;\n";
}

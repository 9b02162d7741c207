using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>A loss that cannot be read gives one diagnostic: Step and what else takes its target can still be called.</summary>
public class FaultyLossTests
{
    [Theory]
    [InlineData("Loss({|NC0206:(Loss)99|})")]
    [InlineData("Loss(Loss.{|CS0117:MeanSquareError|})")]
    [InlineData("{|CS1729:Loss|}")]
    [InlineData("Loss(Loss.MeanSquaredError, {|NC0205:Weight = double.NaN|})")]
    [InlineData("Loss(Loss.MeanSquaredError, Weight = {|CS0029:\"2\"|})")]
    [InlineData("Loss({|NC0302:\"Miss\"|})")]
    [InlineData("Loss(nameof({|CS0103:Miss|}))")]
    [InlineData("Loss({|NC0303:nameof(Miss)|})", "static double Miss(double output, double truth) => output - truth;", "truth")]
    [InlineData("Loss({|NC0303:nameof(Miss)|})", "static float Miss(float output, float truth) => output - truth; static float Miss(float output) => output;", "truth")]
    [InlineData("Loss({|NC0303:nameof(Miss)|})", "static Tensor Miss(Tensor output, Tensor truth) => output - truth;", "truth")]
    [InlineData("Loss({|NC0303:nameof(Miss)|})", "Tensor Miss(Tensor output, [Input(1)] Tensor truth) => output - truth;", "truth")]
    [InlineData("Loss(nameof(Miss))", "static {|CS0246:Tensr|} Miss(Tensor output, [Input(1)] Tensor truth) => output - truth;", "truth")]
    public Task LossOfOneOutput_StillHasItsTarget(string loss, string method = "", string target = "target") => Expect(
        $"[Network]\n[Input(4)]\n[Dense(1)]\n[{loss}]\npublic partial class Price\n{{\n    {method}\n}}",
        $"training.Step(input: new float[4], {target}: new float[1], optimizer: default!); training.ComputeLoss(new float[4], new float[1]);");

    [Fact]
    public Task SettingOfAFaultyMethod_IsStillAProperty() => Expect(
        "[Network]\n[Input(4)]\n[Dense(1)]\n[Loss({|NC0303:nameof(Miss)|})]\npublic partial class Price\n{\n    static float Miss(Tensor output, [Input(1)] Tensor truth, [Setting(0.1)] float lambda) => lambda;\n}",
        "training.Step(new float[4], new float[1], default!); training.Lambda = 3;");

    [Theory]
    [InlineData("Loss.{|CS0117:SparseCategoricalCrosentropy|}")]
    [InlineData("Loss.SparseCategoricalCrossentropy, {|NC0205:Weight = double.NaN|}")]
    public Task SparseLoss_StillTakesClasses(string loss) => Expect(
        $"[Network]\n[Input(4)]\n[Dense(3, Activation = Activation.Softmax)]\n[Loss({loss})]\npublic partial class Price;",
        "training.Step(new float[4], new int[1], default!);");

    /// <summary>The targets stand in the order of the outputs, whichever loss names its output wrong.</summary>
    [Theory]
    [InlineData("Loss(Loss.SparseCategoricalCrossentropy, {|NC0304:Output = \"Gnre\"|})", "Loss(Loss.MeanSquaredError, Output = \"Score\")")]
    [InlineData("Loss(Loss.SparseCategoricalCrossentropy, Output = \"Genre\")", "Loss(Loss.MeanSquaredError, {|NC0304:Output = \"Scor\"|})")]
    [InlineData("Loss(Loss.MeanSquaredError, Output = \"Score\")", "Loss(Loss.SparseCategoricalCrossentropy, {|NC0304:Output = \"Gnre\"|})")]
    [InlineData("Loss(Loss.MeanSquaredError, {|NC0304:Output = \"Scor\"|})", "Loss(Loss.SparseCategoricalCrossentropy, Output = \"Genre\")")]
    [InlineData("{|NC0313:Loss(Loss.SparseCategoricalCrossentropy)|}", "Loss(Loss.MeanSquaredError, Output = \"Score\")")]
    [InlineData("Loss(Loss.{|CS0117:SparseCrossentropy|}, Output = \"Genre\")", "Loss(Loss.MeanSquaredError, Output = \"Score\")")]
    [InlineData("Loss(Loss.{|CS0117:SparseCrossentropy|})", "Loss(nameof(Fair))")]
    [InlineData("Loss(nameof(Fair), {|NC0304:Output = \"Scor\"|})", "Loss(Loss.SparseCategoricalCrossentropy, Output = \"Genre\")")]
    public Task LossOfTwoOutputs_KeepsTheOrderOfTargets(string first, string second) => Expect(
        $"[Network]\n[{first}]\n[{second}]\n{Two}",
        "training.Step(new float[4], new int[1], new float[1], default!);");

    /// <summary>Where every output has a loss already, one that judges none is no more than that.</summary>
    [Fact]
    public Task LossOfNoOutputBesideLossesOfAll_AddsNoTarget() => Expect(
        $"[Network]\n[Loss(Loss.SparseCategoricalCrossentropy, Output = \"Genre\")]\n[Loss(Loss.MeanSquaredError, Output = \"Score\")]\n[Loss(Loss.MeanSquaredError, {{|NC0304:Output = \"Gnre\"|}})]\n{Two}",
        "training.Step(new float[4], new int[1], new float[1], default!);");

    private const string Two = """
        public partial class Price
        {
            static (Tensor Genre, Tensor Score) Forward([Input(4)] Tensor x) => (x.Dense(3).Softmax(), x.Dense(1));

            static float Fair(float score, float label) => (score - label) * (score - label);
        }
        """;

    private static Task Expect(string declaration, string calls)
        => GeneratedTogether.ExpectAsync($"{declaration}\n\npublic static class Use\n{{\n    public static void Of(Price price)\n    {{\n        using Price.Training training = price.CreateTraining(3);\n        {calls}\n    }}\n}}");
}

using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Generators.Tests.Declaration;

public class NetworkReaderTests
{
    internal static DeclarationResult Read(string source, string type = "Digits")
        => NetworkReader.Read(RoslynHarness.Compile("using NetCompiler;\n\n" + source).Type(type), CancellationToken.None);

    internal static NetworkSpec ReadValid(string source, string type = "Digits")
    {
        DeclarationResult result = Read(source, type);
        Assert.Empty(result.Findings);
        Assert.False(result.Spec!.IsFaulty);
        return result.Spec;
    }

    [Fact]
    public void Layers_KeepTheOrderOfTheSource()
    {
        NetworkSpec spec = ReadValid("""
            namespace Models;

            [Network]
            [Input(28, 28, 1)]
            [Flatten]
            [Dense(128, Activation = Activation.Relu, Name = "hidden", KernelL2 = 0.01, FormerNames = ["weights1"])]
            [Dropout(0.2)]
            [Dense(10, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy, Weight = 2, LabelSmoothing = 0.1)]
            public partial class Digits;
            """, "Models.Digits");
        Assert.Equal("Models", spec.Namespace);
        Assert.Equal([28, 28, 1], spec.Inputs[0].Shape);
        Assert.Equal(["flatten1", "hidden", "dropout1", "dense2"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal(["Flatten", "Dense", "Dropout", "Dense"], spec.Layers.Select(layer => layer.Kind));
        Assert.Equal([0, 1, 2, 3], spec.Layers.SelectMany(layer => layer.Operands));
        Assert.Equal(new OutputSpec("output", 4), spec.Outputs[0]);

        LayerSpec hidden = spec.Layers[1];
        Assert.Equal(128, hidden.Integer("Units"));
        Assert.Equal("Relu", hidden.Enumeration("Activation"));
        Assert.Equal(0.01, hidden.Real("KernelL2"));
        Assert.True(hidden.Boolean("UseBias"));
        Assert.Equal("GlorotUniform", hidden.Enumeration("KernelInitializer"));
        Assert.Equal(["weights1"], hidden.FormerNames);
        Assert.StartsWith("Dense(128, Activation = Activation.Relu", hidden.Source);

        LossSpec loss = spec.Losses[0];
        Assert.Equal("SparseCategoricalCrossentropy", loss.Kind);
        Assert.Equal(2, loss.Weight);
        Assert.Equal(0.1, loss.LabelSmoothing);
        Assert.Equal(new TargetSpec("target", default, 10), loss.Targets[0]);
    }

    /// <summary>Kinds that operators, numbers and TimeDistributed give in a Forward method, without a method of their name.</summary>
    private static readonly string[] OfOperators = ["Negate", "Divide", "Constant", "Steps"];

    [Fact]
    public void Defaults_OfTheRules_AreThoseOfTheAttributes()
    {
        foreach (LayerRule rule in LayerRule.All)
        {
            if (typeof(DenseAttribute).Assembly.GetType($"NetCompiler.{rule.Kind}Attribute") is not { } attribute)
            {
                Assert.True(OfOperators.Contains(rule.Kind) || typeof(Tensor).GetMethods().Any(method => method.Name == rule.Kind), rule.Kind);
                continue;
            }

            object[] arguments = [.. attribute.GetConstructors()[0].GetParameters().Select(parameter => parameter.ParameterType.IsArray ? new int[] { 1 } : Activator.CreateInstance(parameter.ParameterType)!)];
            object made = attribute.GetConstructors()[0].Invoke(arguments);
            Assert.Equal(
                rule.Options.Select(option => option.Name).Order(StringComparer.Ordinal),
                attribute.GetProperties().Select(property => property.Name).Except(["Name", "FormerNames", "TypeId"]).Order(StringComparer.Ordinal));
            foreach (OptionSpec option in rule.Options.Where(option => attribute.GetProperty(option.Name)!.CanWrite))
            {
                object value = attribute.GetProperty(option.Name)!.GetValue(made)!;
                Assert.Equal(
                    value is Enum ? $"{value.GetType().Name}.{value}" : value is bool flag ? flag ? 1d : 0d : value is int number ? (double)number : value,
                    option.Type is OptionType.Enumeration or OptionType.Text ? option.Text : (object)option.Number);
            }
        }
    }

    [Fact]
    public void Parameters_OfTensorMethods_AreTheOptionsOfTheirRules()
    {
        foreach ((LayerRule rule, System.Reflection.MethodInfo method) in LayerRule.All.SelectMany(rule => typeof(Tensor).GetMethods().Where(method => method.Name == rule.Kind).Select(method => (rule, method))))
        {
            foreach (System.Reflection.ParameterInfo parameter in method.GetParameters().Where(parameter => parameter.Name is not ("name" or "formerNames" or "inputs" or "function")
                && parameter.ParameterType != typeof(Tensor)))
            {
                OptionSpec option = Assert.Single(rule.Options, option => string.Equals(option.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
                if (parameter.HasDefaultValue)
                {
                    object? value = parameter.DefaultValue;
                    Assert.Equal(
                        value is Enum ? $"{value.GetType().Name}.{value}" : value is bool flag ? flag ? 1d : 0d : value is int number ? (double)number : value,
                        option.Type is OptionType.Enumeration or OptionType.Text ? option.Text : (object)option.Number);
                }
            }
        }
    }

    [Fact]
    public void NestedClass_NamesItsContainers()
    {
        NetworkSpec spec = ReadValid("""
            public partial class Models
            {
                public partial record struct Small
                {
                    [Network]
                    [Input(2)]
                    [Dense(1)]
                    public partial class Digits
                    {
                        public string Label { get; } = "";

                        public void Print() { }

                        static int _statistics;

                        void PredictRows_() { }
                    }
                }
            }
            """, "Models+Small+Digits");
        Assert.Equal(["partial class Models", "partial record struct Small"], spec.Containers);
        Assert.Equal(["PredictRows_", "_statistics"], spec.UserMembers); // only what a generated helper may be called
    }

    [Fact]
    public void FaultyLayer_StillGivesNamesAndLosses()
    {
        DeclarationResult result = Read("""
            [Network]
            [Input(4)]
            [Dense(0)]
            [Dense(3, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            public partial class Digits;
            """);
        Assert.Equal("NC0201", Assert.Single(result.Findings).Id);
        Assert.True(result.Spec!.IsFaulty);
        Assert.Equal(["dense1", "dense2"], result.Spec.Layers.Select(layer => layer.Name));
        Assert.Equal("target", result.Spec.Losses[0].Targets[0].Name);
    }

    [Fact]
    public void CompilerErrors_AreFaultyWithoutAFindingOfOurs()
    {
        foreach (string broken in new[] { "[Dense(\"a\")]", "[Dense]", "[Dense(1, Activation = Activation.Nothing)]", "[Dense(unknown)]", "[Conv9D(3)]", "[Dense(" })
        {
            DeclarationResult result = Read($"[Network]\n[Input(4)]\n{broken}\n[Loss(Loss.MeanSquaredError)]\npublic partial class Digits;");
            Assert.DoesNotContain(result.Findings, finding => finding.Id is not "NC0207");
            Assert.True(result.Spec is null or { IsFaulty: true }, broken);
        }
    }

    [Fact]
    public void SameSource_GivesEqualSpecs()
    {
        const string Source = """
            [Network]
            [Input(4)]
            [Dense(1, ActivationMethod = nameof(Swish))]
            [Loss(nameof(Miss))]
            public partial class Digits
            {
                static float Swish(float x) => x / (1 + MathF.Exp(-x));
                static Tensor Miss(Tensor output, [Input(1)] Tensor target) => (output - target).Square().Mean();
            }
            """;
        NetworkSpec first = ReadValid(Source), second = ReadValid("// moved by a line\n" + Source);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Fact]
    public void Cancellation_IsNotSwallowed()
        => Assert.Throws<OperationCanceledException>(() => NetworkReader.Read(
            RoslynHarness.Compile("using NetCompiler; [Network, Input(4), Dense(1)] public partial class Digits;").Type("Digits"), new CancellationToken(canceled: true)));
}

using Xunit;

namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>A class that is not what a network can be: wherever a part can stand beside it, all that uses its members compiles.</summary>
public class FaultyClassTests
{
    private const string Layers = "[Network]\n[Input(4)]\n[Dense(1)]\n[Loss(Loss.MeanSquaredError)]\n";

    private const string Use = """
        public static class Use
        {
            public static INetwork Of(string path)
            {
                var net = new Price(seed: 1);
                float[] y = net.Predict(new float[4]);
                Price again = Price.Load(path);
                Console.WriteLine(Price.InputLength + Price.OutputLength + Price.ParameterCount + Price.Description.ToString() + Price.Layers.Dense1 + again.Weights.Dense1Kernel.Name);
                using (Price.Training training = net.CreateTraining(3))
                {
                    training.Step(new float[4], y, default!);
                }

                again.Save(path);
                net.CopyParametersFrom(again);
                return net;
            }
        }
        """;

    [Theory]
    [InlineData("public partial record {|NC0006:Price|};")]
    [InlineData("public sealed partial record class {|NC0006:Price|} { public int Year { get; init; } }")]
    [InlineData("public partial record {|NC0006:Price|}(string Name);")]
    [InlineData("public partial record {|NC0006:Price|}(int Year);")]
    [InlineData("public partial class Price { public {|NC0007:Price|}(int year) => Year = year; public int Year { get; } }")]
    [InlineData("public partial struct {|NC0006:Price|};")]
    [InlineData("public readonly partial struct {|NC0006:Price|};")]
    [InlineData("public partial record struct {|NC0006:Price|}(string Name, double Factor);")]
    [InlineData("public partial class {|NC0007:Price|}(string name) { public string Name => name; }")]
    [InlineData("public partial class {|NC0003:Price|}<T> where T : class;", "Price<string>")]
    [InlineData("public partial class {|NC0003:Price|}<@class, T>;", "Price<string, int>")]
    public Task ClassThatAPartCanStandBeside_GivesOneDiagnostic(string declaration, string type = "Price") => Expect(Layers + declaration, Use.Replace("Price", type));

    [Theory]
    [InlineData("public partial class Outer<T, S> where T : class\n{\npublic partial record struct Inner<R>\n{\n", "\n}\n}", "Outer<string, int>.Inner<long>.Price")]
    [InlineData("public partial interface IOuter<T>\n{\n", "\n}", "IOuter<string>.Price")]
    public Task NetworkInAGenericType_GivesOneDiagnostic(string before, string after, string type) => Expect(before + Layers + "public partial class {|NC0003:Price|};" + after, Use.Replace("Price", type));

    [Fact]
    public Task GenericNetworkWithChoices_HasItsVariants() => Expect(
        "[Network]\npublic partial class {|NC0003:Price|}<T>\n{\n    static Tensor Forward([Input(4)] Tensor x, [Choice(2, 3)] int width) => x.Dense(width);\n}",
        "public static class Use { public static float[] Of() => new Price<int>.Width3(seed: Price<int>.Variants.Count).Predict(new float[4]); }");

    [Fact]
    public Task GenericNetworkBesideAPlainOne_HasAFileOfItsOwn() => Expect(
        Layers + "public partial class {|NC0003:Price|}<T>;\n\n" + Layers + "public partial class Price;",
        Use + "\n\n" + Use.Replace("Price", "Price<int>").Replace("class Use", "class Other"));

    /// <summary>The compiler keeps Clone for itself; nothing else follows.</summary>
    [Theory]
    [InlineData("record")]
    [InlineData("record struct")]
    public Task Clone_IsWhatARecordCannotHave(string word)
        => Expect(Layers + $"public partial {word} {{|NC0006:Price|}};", "public static class Use { public static object Of(Price price) => price.{|CS1061:Clone|}(); }");

    /// <summary>No part can make an abstract class one that can be created; its other members are found.</summary>
    [Fact]
    public Task AbstractClass_LacksOnlyItsCreation() => Expect(Layers + "public abstract partial class {|NC0005:Price|};", Use.Replace("new Price(seed: 1)", "{|CS0144:new Price(seed: 1)|}"));

    /// <summary>A static class has no objects: its members are found by its name.</summary>
    [Fact]
    public Task StaticClass_HasItsMembersAsStaticOnes() => Expect(
        Layers + "public static partial class {|NC0004:Price|};",
        """
        public static class Use
        {
            public static INetwork Of(string path)
            {
                float[] y = Price.Predict(new float[4]);
                using (Price.Training training = Price.CreateTraining(Price.InputLength + Price.Layers.Dense1.Length + Price.Seed))
                {
                    training.Step(new float[4], y, default!);
                }

                Price.Save(path + Price.Description);
                return Price.Load(path);
            }
        }
        """);

    private static Task Expect(string declaration, string use)
        => GeneratedTogether.ExpectAsync($"{declaration}\n\n{use}");
}

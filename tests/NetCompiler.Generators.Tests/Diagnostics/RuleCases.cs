namespace NetCompiler.Generators.Tests.Diagnostics;

/// <summary>One declaration per rule, with exactly one mistake, marked where its diagnostic belongs.</summary>
internal static class RuleCases
{
    public static readonly IReadOnlyDictionary<string, string> Sources = new Dictionary<string, string>
    {
        ["NC0001"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public class {|NC0001:Price|};
            """,
        ["NC0002"] = """
            public class {|NC0002:Models|}
            {
                [Network]
                [Input(4)]
                [Dense(1)]
                public partial class Price;
            }
            """,
        ["NC0003"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public partial class {|NC0003:Price|}<T>;
            """,
        ["NC0004"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public static partial class {|NC0004:Price|};
            """,
        ["NC0005"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public abstract partial class {|NC0005:Price|};
            """,
        ["NC0006"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public partial record {|NC0006:Price|};
            """,
        ["NC0007"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public partial class Price
            {
                public {|NC0007:Price|}(string name) => Label = name;

                public string Label { get; }
            }
            """,
        ["NC0008"] = """
            [Network]
            [Input(4)]
            [Dense(8, Activation = Activation.Relu)]
            public partial class Price;

            [{|NC0008:Dense(1)|}]
            public partial class Price;
            """,
        ["NC0009"] = """
            [Input(4)]
            [{|NC0009:Dense(1)|}]
            public partial class Price;
            """,
        ["NC0010"] = """
            [Network]
            public partial class Price
            {
                static float {|NC0010:Forward|}([Input(4)] Tensor x) => 0;
            }
            """,
        ["NC0011"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            file partial class {|NC0011:Price|};
            """,
        ["NC0012"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor x) => x.Dense(1);

                static float {|NC0012:Forward|}(float x) => x;
            }
            """,
        ["NC0013"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public partial class Price
            {
                static Tensor {|NC0013:Forward|}([Input(4)] Tensor x) => x.Dense(1);
            }
            """,
        ["NC0014"] = """
            [Network]
            [Input(4)]
            [{|NC0014:Tokens(4, Vocabulary = 10)|}]
            [Dense(1)]
            public partial class Price;
            """,
        ["NC0015"] = """
            namespace Shop;

            public sealed class FlattenAttribute : Attribute;

            [Network]
            [Input(4, 4)]
            [{|NC0015:Flatten|}]
            [Dense(1)]
            public partial class Price;
            """,
        ["NC0016"] = """
            namespace Shop;

            internal static class Unsafe;

            [Network]
            [Input(4)]
            [Dense(1)]
            public partial class {|NC0016:Price|};
            """,
        ["NC0017"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public partial class Price
            {
                public required string {|NC0017:Label|} { get; init; }
            }
            """,
        ["NC0101"] = """
            [Network]
            [Input(4)]
            [Dense(8, Activation = Activation.Relu, Name = "hidden")]
            [Dense(1, {|NC0101:Name = "Hidden"|})]
            public partial class Price;
            """,
        ["NC0102"] = """
            [Network]
            [Input(4)]
            [Dense(1, {|NC0102:Name = "loss"|})]
            public partial class Price;
            """,
        ["NC0103"] = """
            [Network]
            [Input(4)]
            [Dense(1, {|NC0103:Name = "my layer"|})]
            public partial class Price;
            """,
        ["NC0104"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            public partial class Price
            {
                public string {|NC0104:Description|} => "house prices";
            }
            """,
        ["NC0105"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [{|NC0105:Loss(nameof(Miss))|}]
            public partial class Price
            {
                static float Miss(float output, float gradients) => (output - gradients) * (output - gradients);
            }
            """,
        ["NC0201"] = """
            [Network]
            [Input(4)]
            [Dense({|NC0201:0|})]
            public partial class Price;
            """,
        ["NC0203"] = """
            [Network]
            [Input(4)]
            [Reshape({|NC0203:-1, -1|})]
            public partial class Price;
            """,
        ["NC0204"] = """
            [Network]
            [Input(12, 12, 32)]
            [Reshape({|NC0204:5408|})]
            public partial class Price;
            """,
        ["NC0205"] = """
            [Network]
            [Input(4)]
            [Dense(1, {|NC0205:KernelL2 = double.NaN|})]
            public partial class Price;
            """,
        ["NC0206"] = """
            [Network]
            [Input(4)]
            [Dense(1, {|NC0206:Activation = (Activation)99|})]
            public partial class Price;
            """,
        ["NC0207"] = """
            [Network]
            [Input(4)]
            public partial class {|NC0207:Price|};
            """,
        ["NC0208"] = """
            [Network]
            [Dense(1)]
            public partial class {|NC0208:Price|};
            """,
        ["NC0210"] = """
            [Network]
            [Input({|NC0210:-1, 784|})]
            [Dense(1)]
            public partial class Price;
            """,
        ["NC0211"] = """
            [Network]
            [Input({|NC0211:100_000, 100_000|})]
            [Dense(1)]
            public partial class Price;
            """,
        ["NC0212"] = """
            [Network]
            [Input(4)]
            [Dense(8)]
            public partial class Encoder;

            [Network]
            [Input({|NC0212:Encoder.OutputLength|})]
            [Dense(4)]
            public partial class Decoder;
            """,
        ["NC0213"] = """
            [Network]
            [Input(4)]
            [Dense(1, Activation = Activation.Relu, {|NC0213:ActivationAlpha = 0.2|})]
            public partial class Price;
            """,
        ["NC0220"] = """
            [Network]
            [Input(8, 8, 3)]
            [Conv2D(16, {|NC0220:9|}, Activation = Activation.Relu)]
            [Flatten]
            [Dense(10)]
            public partial class Digits;
            """,
        ["NC0221"] = """
            [Network]
            [Input(8, 8, 6)]
            [Conv2D(16, 3, {|NC0221:Groups = 4|})]
            [GlobalAveragePool2D]
            public partial class Digits;
            """,
        ["NC0222"] = """
            [Network]
            [Input(8, 8, 3)]
            [Conv2D(16, 3, {|NC0222:Padding = Padding.Causal|})]
            [GlobalAveragePool2D]
            public partial class Digits;
            """,
        ["NC0223"] = """
            [Network]
            [Input(784)]
            [{|NC0223:Conv2D(32, 3)|}]
            [Flatten]
            [Dense(10)]
            public partial class Digits;
            """,
        ["NC0224"] = """
            [Network]
            [Input(8, 8, 3)]
            [Cropping2D({|NC0224:4|})]
            [Flatten]
            [Dense(10)]
            public partial class Digits;
            """,
        ["NC0225"] = """
            [Network]
            [Input(8, 3)]
            [Permute({|NC0225:2, 1|})]
            [Flatten]
            [Dense(10)]
            public partial class Digits;
            """,
        ["NC0230"] = """
            [Network]
            [Input(16)]
            [{|NC0230:Lstm(8)|}]
            public partial class Price;
            """,
        ["NC0231"] = """
            [Network]
            [Input(20)]
            [{|NC0231:Embedding(8)|}]
            public partial class Reviews;
            """,
        ["NC0232"] = """
            [Network]
            [Tokens(40, Vocabulary = 1000)]
            [{|NC0232:Dense(1)|}]
            public partial class Review;
            """,
        ["NC0234"] = """
            [Network]
            [Input(20, 16)]
            [MultiHeadAttention({|NC0234:3|})]
            public partial class Reader;
            """,
        ["NC0301"] = """
            [Network]
            [Input(784)]
            [Dense(10)]
            [Loss({|NC0301:Loss.SparseCategoricalCrossentropy|})]
            public partial class Digits;
            """,
        ["NC0302"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss({|NC0302:"Miss"|})]
            public partial class Price;
            """,
        ["NC0303"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss({|NC0303:nameof(Miss)|})]
            public partial class Price
            {
                static double Miss(double output, double target) => output - target;
            }
            """,
        ["NC0304"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss(Loss.MeanSquaredError, {|NC0304:Output = "Score"|})]
            public partial class Price;
            """,
        ["NC0305"] = """
            [Network]
            [Input(4)]
            [Dense(1, Activation = Activation.Softmax)]
            [Loss({|NC0305:Loss.SparseCategoricalCrossentropy|})]
            public partial class Price;
            """,
        ["NC0306"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss(Loss.Huber, {|NC0306:Delta = 0|})]
            public partial class Price;
            """,
        ["NC0307"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss(Loss.MeanSquaredError, {|NC0307:Delta = 2|})]
            public partial class Price;
            """,
        ["NC0308"] = """
            [Network]
            [Input(4)]
            [Dense(3, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy)]
            [{|NC0308:Loss(Loss.MeanSquaredError)|}]
            public partial class Price;
            """,
        ["NC0309"] = """
            [Network]
            [Input(4)]
            [Dense(1)]
            [Loss(Loss.MeanSquaredError)]
            [{|NC0309:NoLoss("output")|}]
            public partial class Price;
            """,
        ["NC0310"] = """
            [Network]
            [Input(4)]
            [Dense(3)]
            [Loss(nameof(Miss))]
            public partial class Price
            {
                static Tensor {|NC0310:Miss|}(Tensor output, [Input(3)] Tensor target) => (output - target).Square();
            }
            """,
        ["NC0311"] = """
            [Network]
            [Input(4)]
            [Dense(4)]
            [Loss(nameof(Miss))]
            public partial class Price
            {
                static Tensor Miss(Tensor output, [Input(3)] Tensor target) => ({|NC0311:output - target|}).Square().Mean();
            }
            """,
        ["NC0312"] = """
            [Network]
            [Input(4)]
            [Dense(4)]
            [Loss(nameof(Miss))]
            public partial class Price
            {
                static Tensor Miss(Tensor output, [Input(4)] Tensor target) => (output - target).Square().Mean({|NC0312:2|});
            }
            """,
        ["NC0313"] = """
            [Network]
            [{|NC0313:Loss(Loss.MeanSquaredError)|}]
            [Loss(Loss.MeanSquaredError, Output = "High")]
            public partial class Price
            {
                static (Tensor Low, Tensor High) Forward([Input(4)] Tensor x) => (x.Dense(1), x.Dense(1));
            }
            """,
        ["NC0314"] = """
            [Network]
            [Loss(Loss.MeanSquaredError, Output = "Low")]
            public partial class Price
            {
                static (Tensor Low, Tensor {|NC0314:High|}) Forward([Input(4)] Tensor x) => (x.Dense(1), x.Dense(1));
            }
            """,
        ["NC0401"] = """
            [Network]
            [Input(4)]
            [Dense(1, {|NC0401:ActivationMethod = "Swish"|})]
            public partial class Price;
            """,
        ["NC0402"] = """
            [Network]
            [Input(4)]
            [Dense(1, {|NC0402:ActivationMethod = nameof(Swish)|})]
            public partial class Price
            {
                static double Swish(double x) => x;
            }
            """,
        ["NC0403"] = """
            [Network]
            [Input(4)]
            [Dense(1, ActivationMethod = nameof(Noise))]
            public partial class Price
            {
                static float Noise(float x) => x + {|NC0403:System.Random.Shared.NextSingle()|};
            }
            """,
        ["NC0404"] = """
            [Network]
            [Input(4)]
            [Dense(1, ActivationMethod = nameof(Endless))]
            public partial class Price
            {
                static float Endless(float x) => {|NC0404:Endless(x + 1)|};
            }
            """,
        ["NC0602"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor a, [Input(3)] Tensor b)
                {
                    var read = Tensor.Share(Read);
                    return Tensor.Add(read(a), {|NC0602:read(b)|});
                }

                static Tensor Read(Tensor x) => x.Dense(8);
            }
            """,
        ["NC0603"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor x) => Tensor.{|NC0603:Subtract(x, x, x)|};
            }
            """,
        ["NC0604"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor a, [Input(4)] Tensor b) => Tensor.Concat(a, b, {|NC0604:0|});
            }
            """,
        ["NC0605"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor a, [Input(4)] Tensor b) => Tensor.Concat([a, b], {|NC0605:axis: 1|});
            }
            """,
        ["NC0606"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward(Tensor {|NC0606:x|}) => x.Dense(1);
            }
            """,
        ["NC0607"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor x, [Choice({|NC0607:8, 8|})] int units) => x.Dense(units);
            }
            """,
        ["NC0608"] = """
            [Network(MaxVariants = 3)]
            public partial class Price
            {
                static Tensor {|NC0608:Forward|}([Input(4)] Tensor x, [Choice(8, 16)] int a, [Choice(1, 2)] int b) => x.Dense(a).Relu().Dense(b);
            }
            """,
        ["NC0801"] = """
            [Network]
            [Input(28, 28, 1)]
            [{|NC0801:Dense(10)|}]
            public partial class Digits;
            """,
        ["NC0802"] = """
            [Network]
            [Input(4)]
            [Dense(3, Activation = Activation.Softmax)]
            [Loss(Loss.SparseCategoricalCrossentropy, {|NC0802:FromLogits = true|})]
            public partial class Price;
            """,
        ["NC0803"] = """
            [Network]
            [Input(4)]
            [Dense(8)]
            [{|NC0803:Dense(1)|}]
            public partial class Price;
            """,
        ["NC0804"] = """
            [Network]
            [Input(4)]
            [Dense(1, Activation = Activation.Sigmoid)]
            [{|NC0804:Loss(Loss.MeanSquaredError)|}]
            public partial class Price;
            """,
        ["NC0805"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor x, [Input(2)] Tensor {|NC0805:y|}) => x.Dense(1);
            }
            """,
        ["NC0806"] = """
            [Network]
            public partial class Price
            {
                static Tensor Forward([Input(4)] Tensor x)
                {
                    Tensor hidden = x.{|NC0806:Dense(8)|};
                    return x.Dense(1) + x.Mean();
                }
            }
            """,
        ["NC0807"] = """
            [Network]
            [Input(4)]
            [Dense(1, KernelInitializer = Initializer.Zeros, {|NC0807:KernelScale = 0.01|})]
            public partial class Price;
            """,
    };
}

using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace NetCompiler.Tests.Runtime;

public class NetworkDescriptionTests
{
    private static readonly NetworkDescription Digits = new()
    {
        Name = "Digits",
        Inputs = [new InputDescription("input", [28, 28, 1])],
        Layers =
        [
            new LayerDescription("normalization1", "Normalization", [0], [28, 28, 1])
            {
                Weights = [new WeightDescription("normalization1.mean", [1], Initializer.Zeros) { IsTrainable = false }, new WeightDescription("normalization1.variance", [1], Initializer.Ones) { IsTrainable = false }],
            },
            new LayerDescription("flatten1", "Flatten", [1], [784]),
            FakeNetwork.DenseLayer("hidden", 2, 784, 128, Activation.Relu),
            new LayerDescription("dropout1", "Dropout", [3], [128]) { Options = new Dictionary<string, object> { ["Rate"] = 0.2 } },
            FakeNetwork.DenseLayer("dense2", 4, 128, 10, Activation.Softmax),
        ],
        Outputs = [new OutputDescription("output", 5, [10])],
        Losses = [new LossDescription("SparseCategoricalCrossentropy") { Kind = Loss.SparseCategoricalCrossentropy }],
        ParameterCount = 101_770,
        StatisticsCount = 2,
        ArchitectureHash = "",
    };

    [Fact]
    public void Summary_IsATableInEveryCulture()
    {
        const string Expected = """
            Digits
            ------------------------------------------------------
            Layer           Kind           Shape        Parameters
            ------------------------------------------------------
            input           Input          (28, 28, 1)
            normalization1  Normalization  (28, 28, 1)           2
            flatten1        Flatten        (784)                 0
            hidden          Dense Relu     (128)           100,480
            dropout1        Dropout 0.2    (128)                 0
            dense2          Dense Softmax  (10)              1,290
            ------------------------------------------------------
            Parameters: 101,770, statistics: 2
            Loss: SparseCategoricalCrossentropy
            """;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Foreign();
            Assert.Equal(Expected.ReplaceLineEndings("\n"), Digits.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Summary_CountsSharedWeightsOnce()
    {
        string[] rows = Generated.SiameseNetwork.Description.ToString().Split('\n');
        string[] dense = [.. rows.Where(row => row.Contains("Dense", StringComparison.Ordinal))];
        Assert.Equal(2, dense.Length);
        Assert.EndsWith(" 48", dense[0]);
        Assert.EndsWith(" shared", dense[1]);
        Assert.Contains("Parameters: 48", rows);
    }

    [Fact]
    public void Mermaid_HasANodePerValueAndAnArrowPerOperand()
    {
        string text = Digits.ToMermaid();
        Assert.StartsWith("flowchart TD\n    v0([\"input\"])\n", text);
        Assert.Contains("    v3[\"hidden<br/>Dense Relu<br/>100,480 parameters\"]\n", text);
        Assert.Contains("    v2 -- \"(784)\" --> v3\n", text);
        Assert.EndsWith("    o0([\"output\"])\n    v5 -- \"(10)\" --> o0\n", text);
    }

    [Fact]
    public void Svg_IsWellFormedWithABoxPerValueInsideThePicture()
    {
        XElement svg = XDocument.Parse(Digits.ToSvg()).Root!;
        XNamespace space = "http://www.w3.org/2000/svg";
        XElement[] boxes = [.. svg.Elements(space + "rect")];
        Assert.Equal(7, boxes.Length);
        Assert.Equal(6, svg.Elements(space + "path").Count());
        Assert.All(boxes, box => Assert.True((int)box.Attribute("y")! + (int)box.Attribute("height")! < (int)svg.Attribute("height")!));
        Assert.Contains("prefers-color-scheme: dark", svg.Element(space + "style")!.Value);
    }

    [Fact]
    public void Svg_LeadsSkippingArrowsAroundTheBoxes()
    {
        NetworkDescription residual = new()
        {
            Name = "A<B",
            Inputs = [new InputDescription("input", [4])],
            Layers = [FakeNetwork.DenseLayer("dense1", 0, 4, 4, Activation.Relu), new LayerDescription("add1", "Add", [1, 0], [4])],
            Outputs = [new OutputDescription("output", 2, [4])],
            ParameterCount = 20,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        XElement svg = XDocument.Parse(residual.ToSvg()).Root!;
        Assert.Contains(svg.Elements(), path => path.Attribute("d")?.Value.Contains("H330V") == true);
        Assert.Equal("A<B", svg.Elements().First().Value);
    }

    // Commas for points: made by hand, since the tests run without the data of cultures.
    private static CultureInfo Foreign()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (",", ".", "~");
        return culture;
    }
}

using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>The layers over images and the normalizations as graphs, executed in double, against the golden tensors: outputs, gradients and moving statistics.</summary>
public class GoldenGraphTests
{
    [SharedFact]
    public void Layers_GiveTheGoldenOutputsAndGradients()
    {
        Golden[] cases = [.. Golden.Cases().Where(GoldenLayer.Covers)];
        Assert.NotEmpty(cases);
        string[] failures = [.. cases.Select(Failure).Where(failure => failure.Length > 0)];
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }

    private static string Failure(Golden golden)
    {
        try
        {
            Run(golden);
            return "";
        }
        catch (Exception exception)
        {
            return $"{golden.Name}: {exception.Message}";
        }
    }

    private static void Run(Golden golden)
    {
        GoldenLayer layer = GoldenLayer.Of(golden);
        NetworkSpec spec = SpecBuilder.Input(golden.Tensors.Shape("input")[1..]).Layer(layer.Kind, [.. layer.Options]).Build();
        IReadOnlyList<Shape> shapes = InferShapes.Run(spec);
        Assert.Equal(golden.Tensors.Shape("output")[1..], shapes[1].Sizes.ToArray());
        IReadOnlyList<PlannedWeight> weights = PlanNetwork.Run(spec, shapes).Weights;
        var graphs = new NetworkGraphs(spec, shapes, weights, []);
        var interpreter = new GraphInterpreter(golden.Tensors.Shape("input")[0], input => input.Role switch
        {
            InputRole.Feature => Doubles(golden, "input"),
            InputRole.OutputGradient => Doubles(golden, "cotangent"),
            InputRole.BatchCount => [golden.Tensors.Shape("input")[0]],
            InputRole.Statistic when golden.Tensors.Contains(weights[input.Index].FileName + ".before") => Doubles(golden, weights[input.Index].FileName + ".before"),
            InputRole.Statistic => Doubles(golden, weights[input.Index].FileName),
            _ => Doubles(golden, "param." + weights[input.Index].FileName),
        });

        bool isTraining = golden.Kind.EndsWith("_training", StringComparison.Ordinal), isInference = golden.Kind.EndsWith("_inference", StringComparison.Ordinal);
        if (!isTraining)
        {
            NetworkGraph inference = graphs.Inference();
            Compare(golden, "output", GraphInterpreter.Result(inference, interpreter.Run(inference), ResultRole.Output, 0));
        }

        NetworkGraph both = graphs.ForwardBackward(isTraining: !isInference);
        IReadOnlyDictionary<Node, double[]> values = interpreter.Run(both);
        Compare(golden, "output", GraphInterpreter.Result(both, values, ResultRole.Output, 0));
        Compare(golden, "grad.input", GraphInterpreter.Result(both, values, ResultRole.InputGradient, 0));
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Spec.IsTrainable)
            {
                Compare(golden, "grad." + weights[i].FileName, GraphInterpreter.Result(both, values, ResultRole.ParameterGradient, i));
            }
            else if (isTraining)
            {
                Compare(golden, weights[i].FileName + ".after", GraphInterpreter.Result(both, values, ResultRole.StatisticUpdate, i));
            }
            else
            {
                Assert.Null(GraphInterpreter.Result(both, values, ResultRole.StatisticUpdate, i));
            }
        }
    }

    private static void Compare(Golden golden, string tensor, double[]? actual) => golden.Compare(tensor, [.. actual!.Select(value => (float)value)]);

    private static double[] Doubles(Golden golden, string tensor) => [.. golden.Tensors.Floats(tensor).Select(value => (double)value)];
}

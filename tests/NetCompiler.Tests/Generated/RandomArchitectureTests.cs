using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>
/// Generated code against the interpreter on random declarations: predictions at several batch sizes, then every gradient value by value and along a random
/// direction by finite differences. A failure prints the declaration.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class RandomArchitectureTests
{
    // Up to five layers in float against double.
    private const double Tolerance = 1e-4;

    // An own function with a kink at a distance of 1e-6 from one of its values, less than the step of the interpreter's difference.
    private const int KinkedSeed = 305;

    private static readonly int[] Counts = [1, 3, 8, 17, 33];

    [Fact]
    public void RandomNetworks_EqualTheInterpreter()
    {
        int networks = LongRun.IsOn ? 400 : 26;
        int firstSeed = int.TryParse(Environment.GetEnvironmentVariable("NETCOMPILER_SEED"), out int given) ? given : 0;
        List<string> failures = [];
        foreach (int[] seeds in Enumerable.Range(firstSeed, networks).Append(KinkedSeed).Chunk(27))
        {
            RandomDeclaration[] declarations = [.. seeds.Distinct().Select(seed => new RandomDeclaration(seed))];
            CompiledNetworks compiled = CompiledNetworks.Compile(declarations.Select(declaration => declaration.Source));
            foreach (RandomDeclaration declaration in declarations)
            {
                try
                {
                    Check(declaration, compiled.Create(declaration.Name));
                }
                catch (Exception exception)
                {
                    failures.Add($"{exception.Message}\n{declaration.Source}");
                }
            }
        }

        Expect.True(failures.Count == 0, $"{failures.Count} of {networks} differ:\n{string.Join("\n", failures.Take(5))}");
    }

    private static void Check(RandomDeclaration declaration, INetwork network)
    {
        Numbers.Randomize(network, declaration.Seed);
        NetworkDescription description = network.Description;
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
        using ITraining training = network.CreateTraining(batchSize: 40, threads: 1);
        foreach (int count in Counts)
        {
            float[] input = Numbers.Normal(count * description.Inputs[0].Length, declaration.Seed + count);
            float[] output = new float[count * description.Outputs[0].Length];
            network.Predict([input], [output]);
            Numbers.AssertClose($"{declaration.Name}, {count} samples: output", interpreter.Predict([input])[0], output, Tolerance);

            Column[] targets = [.. description.Targets.Select((_, i) => declaration.Target(description, i, count))];
            float[] weights = [.. Numbers.Normal(count, declaration.Seed).Select(MathF.Abs)];
            weights.CopyTo(training.SampleWeights);
            GradientCheck.Run(training, [input], targets, new GradientCheckOptions { AbsoluteTolerance = 1e-5, Seed = declaration.Seed });
            double loss = interpreter.ComputeLoss([input], targets, weights);
            Numbers.AssertClose($"{declaration.Name}, {count} samples: loss", [loss], [training.ComputeLoss(count)], Tolerance);
        }
    }
}

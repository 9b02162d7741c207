using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Generated code against the golden tensors: outputs, losses and every gradient, each at the tolerance of its case.</summary>
[Trait("Category", "Numeric")]
public sealed class GoldenTests
{
    // Every case in one compilation: the compiler's start-up counts once.
    private static readonly Lazy<CompiledNetworks> Compiled = new(() =>
    {
        Golden[] cases = [.. Golden.Cases().Where(golden => GoldenDeclarations.IsBackward(golden) || GoldenDeclarations.IsLoss(golden))];
        return CompiledNetworks.Compile(cases.Select(GoldenDeclarations.Source)
            .Concat(cases.Where(GoldenDeclarations.IsBackward).Select(golden => CompiledNetworks.BackwardDriver(GoldenDeclarations.ClassName(golden)))));
    });

    [SharedFact]
    public void LayersAndActivations_GiveTheGoldenOutputsAndGradients() => RunAll(GoldenDeclarations.IsBackward, golden =>
    {
        INetwork network = Load(golden);
        float[] input = golden.Tensors.Floats("input");
        float[] output = new float[golden.Tensors.Floats("output").Length];
        bool[] modes = golden.Kind.EndsWith("_training", StringComparison.Ordinal) ? [true] : golden.Kind.EndsWith("_inference", StringComparison.Ordinal) ? [false] : [true, false];
        if (modes.Contains(false))
        {
            network.Predict([input], [output]);
            golden.Compare("output", output);
        }

        foreach (bool training in modes)
        {
            float[][] results = Compiled.Value.Call<float[][]>(GoldenDeclarations.ClassName(golden) + "Driver", "Backward", network, input.Length / network.Description.Inputs[0].Length, input, golden.Tensors.Floats("cotangent"), training);
            golden.Compare("output", results[0]);
            golden.Compare("grad.input", results[1]);
            for (int i = 0; i < network.Weights.Count; i++)
            {
                string name = network.Weights[i].Name;
                if (i < results.Length - 2)
                {
                    golden.Compare($"grad.{name}", results[2 + i]);
                }
                else
                {
                    golden.Compare(training ? name + ".after" : name, network.Weights[i].ToArray()); // statistics come last, and training moves them once
                }
            }
        }
    });

    [SharedFact]
    public void LossesAndNetworks_GiveTheGoldenLossesAndGradients() => RunAll(GoldenDeclarations.IsLoss, golden =>
    {
        INetwork network = Load(golden);
        Column input = golden.Tensors.Floats("input");
        int count = golden.Tensors.Shape("input")[0];
        float[] output = new float[golden.Tensors.Floats("output").Length];
        network.Predict([input], [output]);
        golden.Compare("output", output);

        // A batch that is larger than the samples: the rest of the buffers must not count.
        using ITraining training = network.CreateTraining(count + 3, threads: 1);
        input.Floats.Span.CopyTo(training.FloatInput(0));
        if (golden.Tensors.IsInteger("target"))
        {
            golden.Tensors.Integers("target").CopyTo(training.ClassTarget(0));
        }
        else
        {
            golden.Tensors.Floats("target").CopyTo(training.FloatTarget(0));
        }

        golden.Compare("loss", [training.ComputeLoss(count)]);
        golden.Compare("loss", [training.ComputeGradients(count, GradientTargets.Parameters | GradientTargets.Inputs)]);
        golden.Compare("output", training.Output(0));
        CompareGradients(golden, training);
    });

    [SharedFact]
    public void FairnessLoss_GivesTheGoldenGradients()
    {
        Golden golden = Golden.Load("network/fairness-loss");
        FairNetwork network = new();
        Load(golden, network, "");
        float[] input = golden.Tensors.Floats("input"), label = golden.Tensors.Floats("target.label"), group = golden.Tensors.Floats("target.group");
        golden.Compare("output", network.Predict(input));
        using FairNetwork.Training training = network.CreateTraining(label.Length, threads: 1);
        golden.Compare("loss", [training.ComputeLoss(input, label, group)]);
        golden.Compare("loss", [training.ComputeGradients(input, label, group, GradientTargets.Parameters | GradientTargets.Inputs)]);
        CompareGradients(golden, training);

        // The setting counts: without the penalty the loss is the cross-entropy, and the sum of the two parts is linear in lambda.
        float whole = training.ComputeLoss(input, label, group);
        training.Lambda = 0;
        float bare = training.ComputeLoss(input, label, group);
        training.Lambda = 0.2f;
        golden.Compare("the loss at twice the penalty", [bare + (2 * (whole - bare))], [training.ComputeLoss(input, label, group)]);
    }

    /// <summary>Gradients reach the generator through the discriminator's input.</summary>
    [SharedFact]
    public void GeneratorStep_GivesTheGoldenGradientsOfBothNetworks()
    {
        Golden golden = Golden.Load("network/gan-generator-step");
        GeneratorNetwork generator = new();
        DiscriminatorNetwork discriminator = new();
        Load(golden, generator, "generator.");
        Load(golden, discriminator, "discriminator.");
        float[] noise = golden.Tensors.Floats("input"), target = golden.Tensors.Floats("target");
        using GeneratorNetwork.Training first = generator.CreateTraining(4, threads: 1);
        using DiscriminatorNetwork.Training second = discriminator.CreateTraining(4, threads: 1);
        float[] images = new float[4 * GeneratorNetwork.OutputLength];
        first.Forward(noise, images);
        golden.Compare("loss", [second.ComputeGradients(images, target, GradientTargets.Parameters | GradientTargets.Inputs)]);
        golden.Compare("output", second.Outputs);
        first.Backward(second.InputGradients, GradientTargets.Parameters | GradientTargets.Inputs);
        golden.Compare("grad.input", first.InputGradients);
        foreach (WeightView view in first.WeightGradients)
        {
            golden.Compare($"grad.generator.{view.Name}", view.ToArray());
        }

        foreach (WeightView view in second.WeightGradients)
        {
            golden.Compare($"grad.discriminator.{view.Name}", view.ToArray());
        }
    }

    /// <summary>The typed members, with parameters imported in one piece, on the network that the main sample trains.</summary>
    [SharedFact]
    public void ImportedParameters_GiveTheGoldenResults()
    {
        Golden golden = Golden.Load("network/mlp-784-128-10");
        DigitsNetwork network = new();
        network.ImportParameters([.. network.Weights.SelectMany(view => golden.Tensors.Floats($"param.{view.Name}"))]);
        float[] input = golden.Tensors.Floats("input"), expected = golden.Tensors.Floats("output");
        int[] target = golden.Tensors.Integers("target");
        golden.Compare("output", network.Predict(input));
        for (int i = 0; i < target.Length; i++)
        {
            ReadOnlySpan<float> one = input.AsSpan(i * DigitsNetwork.InputLength, DigitsNetwork.InputLength);
            golden.Compare("one sample", expected.AsSpan(i * 10, 10), network.Predict(one));
            Assert.Equal(expected.AsSpan(i * 10, 10).IndexOf(expected.Skip(i * 10).Take(10).Max()), network.Classify(one));
        }

        using DigitsNetwork.Training training = network.CreateTraining(target.Length, threads: 1);
        golden.Compare("loss", [training.ComputeGradients(input, target, GradientTargets.Parameters | GradientTargets.Inputs)]);
        CompareGradients(golden, training);
    }

    private static void RunAll(Func<Golden, bool> filter, Action<Golden> run)
    {
        List<string> failures = [];
        foreach (Golden golden in Golden.Cases().Where(filter))
        {
            try
            {
                run(golden);
            }
            catch (Exception exception)
            {
                failures.Add($"{golden.Name}: {exception.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static INetwork Load(Golden golden)
    {
        INetwork network = Compiled.Value.Create(GoldenDeclarations.ClassName(golden));
        Load(golden, network, "");
        return network;
    }

    private static void Load(Golden golden, INetwork network, string prefix)
    {
        foreach (WeightView view in network.Weights)
        {
            string parameter = $"param.{prefix}{view.Name}", before = view.Name + ".before";
            view.CopyFrom(golden.Tensors.Floats(golden.Tensors.Contains(parameter) ? parameter : golden.Tensors.Contains(before) ? before : view.Name));
        }
    }

    private static void CompareGradients(Golden golden, ITraining training)
    {
        IWeightGradients gradients = (IWeightGradients)training;
        golden.Compare("grad.input", gradients.InputGradients(0));
        foreach (WeightView view in gradients.WeightGradients)
        {
            golden.Compare($"grad.{view.Name}", view.ToArray());
        }
    }
}

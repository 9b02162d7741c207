using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.Generators.Tests.Graph;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Schedule;

/// <summary>Runs every program of a network for one machine, and compares all that it writes with the graph that it was scheduled from.</summary>
internal sealed class ProgramComparison(NetworkSpec spec, Machine machine)
{
    /// <summary>Both sides are in double precision and differ in the order of sums alone.</summary>
    private const double Tolerance = 1e-9;

    private readonly CompiledNetwork _network = new(spec);

    public void All(int samples, int seed = 1)
    {
        try
        {
            PredictOne(seed);
            Predict(samples, seed);
            Training(samples, seed);
            ForwardBackward(samples, seed);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message} ({this})", exception);
        }
    }

    public override string ToString() =>
        $"{machine.Bits} bits, {_network.Plan.Shapes[0]} {string.Join(" ", spec.Layers.Select(layer => layer.Source))} {string.Join(" ", spec.Losses.Select(loss => loss.Kind))}";

    public void PredictOne(int seed = 1) => Predict(1, ProgramMode.PredictOne, seed);

    public void Predict(int samples, int seed = 1) => Predict(samples, ProgramMode.PredictMany, seed);

    /// <summary>Losses and gradients in every combination of what the caller wants, overwriting and adding.</summary>
    public void Training(int samples, int seed = 1)
    {
        if (_network.Gradients is not { } gradients)
        {
            return;
        }

        var data = new NetworkData(_network.Plan, samples, seed);
        IReadOnlyDictionary<Node, double[]> expected = GraphInterpreter.Run(gradients, data);
        KernelProgram program = _network.Schedule(gradients, machine, ProgramMode.Training);
        var run = new ProgramInterpreter(_network.Plan, data, program, machine, ProgramMode.Training);
        run.Run();
        Forward(gradients, expected, run);
        Losses(gradients, expected, run);
        Parameters(gradients, expected, run, addedTo: 0);
        Inputs(gradients, expected, run);

        run = new ProgramInterpreter(_network.Plan, data, program, machine, ProgramMode.Training);
        run.SetGradients(3);
        run.Run(wantInputs: false, accumulate: true);
        Parameters(gradients, expected, run, addedTo: 3);
        run.Run(wantParameters: false);
        Inputs(gradients, expected, run);

        var loss = new ProgramInterpreter(_network.Plan, data, _network.Schedule(_network.Loss!, machine, ProgramMode.Training), machine, ProgramMode.Training);
        loss.Run();
        Losses(_network.Loss!, GraphInterpreter.Run(_network.Loss!, data), loss);
    }

    /// <summary>Losses and gradients of a program that threads share.</summary>
    public void TrainingOnThreads(int samples, int threads)
    {
        NetworkGraph gradients = _network.Gradients!;
        var data = new NetworkData(_network.Plan, samples, seed: 1);
        IReadOnlyDictionary<Node, double[]> expected = GraphInterpreter.Run(gradients, data);
        var run = new ProgramInterpreter(_network.Plan, data, _network.Schedule(gradients, machine, ProgramMode.Training), machine, ProgramMode.Training);
        run.RunOnThreads(threads);
        Forward(gradients, expected, run);
        Losses(gradients, expected, run);
        Parameters(gradients, expected, run, addedTo: 0);
        Inputs(gradients, expected, run);
    }

    /// <summary>Outputs of one sample's program that threads share.</summary>
    public void PredictOneOnThreads(int threads)
    {
        var data = new NetworkData(_network.Plan, samples: 1, seed: 1);
        var run = new ProgramInterpreter(_network.Plan, data, _network.Schedule(_network.Inference, machine, ProgramMode.PredictOne), machine, ProgramMode.PredictOne);
        run.RunOnThreads(threads);
        Forward(_network.Inference, GraphInterpreter.Run(_network.Inference, data), run);
    }

    /// <summary>A forward half, then the backward half twice: it must not spoil what it reads.</summary>
    public void ForwardBackward(int samples, int seed = 1)
    {
        NetworkGraph graph = _network.ForwardBackward;
        var data = new NetworkData(_network.Plan, samples, seed);
        IReadOnlyDictionary<Node, double[]> expected = GraphInterpreter.Run(graph, data);
        var run = new ProgramInterpreter(_network.Plan, data, _network.Schedule(graph, machine, ProgramMode.Training), machine, ProgramMode.Training);
        run.Run(isBackward: false);
        Forward(graph, expected, run);
        for (int time = 0; time < 2; time++)
        {
            run.Run(isBackward: true);
            Parameters(graph, expected, run, addedTo: 0);
            Inputs(graph, expected, run);
        }
    }

    private void Predict(int samples, ProgramMode mode, int seed)
    {
        var data = new NetworkData(_network.Plan, samples, seed);
        var run = new ProgramInterpreter(_network.Plan, data, _network.Schedule(_network.Inference, machine, mode), machine, mode);
        run.Run();
        Forward(_network.Inference, GraphInterpreter.Run(_network.Inference, data), run);
    }

    private void Forward(NetworkGraph graph, IReadOnlyDictionary<Node, double[]> expected, ProgramInterpreter run)
    {
        for (int i = 0; i < spec.Outputs.Count; i++)
        {
            Same(GraphInterpreter.Result(graph, expected, ResultRole.Output, i)!, run.Output(i), $"output {i}");
        }
    }

    private void Losses(NetworkGraph graph, IReadOnlyDictionary<Node, double[]> expected, ProgramInterpreter run)
    {
        for (int i = 0; i < _network.Plan.LossParts; i++)
        {
            Same(GraphInterpreter.Result(graph, expected, ResultRole.LossPart, i)!, [run.Losses[i]], $"loss {i}");
        }
    }

    // A weight that nothing depends on has no result; the members clear its gradient.
    private void Parameters(NetworkGraph graph, IReadOnlyDictionary<Node, double[]> expected, ProgramInterpreter run, double addedTo)
    {
        for (int i = 0; i < _network.Plan.Weights.Count; i++)
        {
            if (GraphInterpreter.Result(graph, expected, ResultRole.ParameterGradient, i) is { } gradient)
            {
                Same([.. gradient.Select(value => value + addedTo)], run.ParameterGradient(i), "gradient of " + _network.Plan.Weights[i].FileName);
            }
        }
    }

    private void Inputs(NetworkGraph graph, IReadOnlyDictionary<Node, double[]> expected, ProgramInterpreter run)
    {
        for (int i = 0; i < spec.Inputs.Count; i++)
        {
            if (GraphInterpreter.Result(graph, expected, ResultRole.InputGradient, i) is { } gradient)
            {
                Same(gradient, run.InputGradient(i), $"gradient of input {i}");
            }
        }
    }

    private void Same(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Expect.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * (1 + Math.Abs(expected[i])),
                $"{what}[{i}] is {actual[i]}, the graph gives {expected[i]} ({this}).");
        }
    }
}

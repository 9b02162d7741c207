using System.Diagnostics;
using NetCompiler;
using Samples.Data;

namespace Samples;

/// <summary>What the sample is asked to do.</summary>
/// <param name="Turns">How often the loop runs: a thousandth of a second of the simulation each.</param>
/// <param name="Budget">The microseconds that a turn may take.</param>
/// <param name="Output">The folder for the picture.</param>
public sealed record LatencyBudgetOptions(int Turns = 1_000_000, int Budget = 100, string Output = "artifacts/28-LatencyBudget");

/// <summary>What the loop came to.</summary>
/// <param name="Latencies">How long its turns took.</param>
/// <param name="MostLean">The largest angle of the pole, in radians.</param>
/// <param name="MostAway">The furthest that the cart went, in metres.</param>
/// <param name="LockContentions">How often a thread of the process waited for a lock meanwhile.</param>
public sealed record LatencyBudgetResult(Latencies Latencies, double MostLean, double MostAway, long LockContentions);

/// <summary>
/// A loop as in a game, a machine's control or an instrument: a thousand turns a second, in each of which a network decides. A turn that comes late is a fault, so nothing in it
/// allocates, takes a lock or calls the system.
/// </summary>
public static class LatencyBudgetSample
{
    private const float TurnSeconds = 0.001f, PushForce = 8;
    private const int PushEvery = 500, PushTurns = 20;

    /// <summary>Options: --turns N, --budget MICROSECONDS, --output FOLDER.</summary>
    public static int Main(string[] args) => SampleProgram.Run(() => Run(args));

    /// <summary>Runs the sample as a command line asks.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public static LatencyBudgetResult Run(string[] args)
    {
        var arguments = new SampleArguments(args, ["turns", "budget", "output"]);
        var options = new LatencyBudgetOptions();
        return Run(new LatencyBudgetOptions(arguments.Count("turns", options.Turns), arguments.Count("budget", options.Budget), arguments.Folder("output", options.Output)));
    }

    /// <summary>Trains the network, then lets it balance the pole while somebody pushes the cart.</summary>
    public static LatencyBudgetResult Run(LatencyBudgetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Console.WriteLine(Balancer.Description);
        Balancer network = Train();

        // The loop has a thread of its own: whoever waits for it does not slow it down, and it cannot be given another's work between two turns.
        LatencyBudgetResult? result = null;
        Plot? plot = null;
        var loop = new Thread(() => (result, plot) = Loop(network, options)) { Name = "control", Priority = ThreadPriority.Highest };
        loop.Start();
        loop.Join();
        plot!.SaveTo(options.Output, "latencies");
        LatencyLog.Show(result!.Latencies, options.Budget, "one turn of the loop: look, predict, act", "turns");
        Console.WriteLine(FormattableString.Invariant($"the pole leaned by {result.MostLean:0.000} rad and the cart went {result.MostAway:0.00} m away at most; threads waited {result.LockContentions} times for a lock"));
        Console.WriteLine($"pictures are in {options.Output}");
        return result;
    }

    private static Balancer Train()
    {
        const int Count = 20_000;
        var random = new Random(1);
        float Between(float most) => most * ((2 * random.NextSingle()) - 1);
        float[] states = new float[4 * Count], forces = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            var pole = new CartPole { Place = Between(0.6f), Speed = Between(0.8f), Angle = Between(0.25f), AngularSpeed = Between(0.8f) };
            Write(pole, states.AsSpan(4 * i, 4));
            forces[i] = pole.Rule;
        }

        var network = new Balancer(seed: 1);
        History history = network.Fit(Dataset.Create<Balancer>(states, forces), new FitOptions { Epochs = 10, Optimizer = new Adam(0.003), Verbosity = Verbosity.Silent });
        Console.WriteLine(FormattableString.Invariant($"imitates the rule with a mean squared error of {history.Last("loss"):0.00000}"));
        return network;
    }

    private static (LatencyBudgetResult Result, Plot Plot) Loop(Balancer network, LatencyBudgetOptions options)
    {
        // Everything that the loop needs is made here: memory, compiled code, the network's scratch of this thread.
        var log = new LatencyLog(options.Turns);
        network.WarmUp();
        Turns(network, new LatencyLog(PushEvery), PushEvery);
        long contentions = Monitor.LockContentionCount;
        (float lean, float away) = Turns(network, log, options.Turns);
        Latencies latencies = log.End(options.Budget);
        var result = new LatencyBudgetResult(latencies, lean, away, Monitor.LockContentionCount - contentions);
        return (result, log.ToPlot(options.Budget, "a control loop: how long its turns take", "turns"));
    }

    private static (float Lean, float Away) Turns(Balancer network, LatencyLog log, int turns)
    {
        Span<float> state = stackalloc float[4], force = stackalloc float[1];
        var pole = new CartPole { Angle = 0.05f };
        float lean = 0, away = 0, push = 0;
        uint random = 1;
        log.Begin();
        for (int turn = 0; turn < turns; turn++)
        {
            if (turn % PushEvery == 0)
            {
                random = (random * 1_664_525) + 1_013_904_223;
                push = PushForce * (((random >> 8) * (2f / (1 << 24))) - 1);
            }

            long start = Stopwatch.GetTimestamp();
            Write(pole, state);
            network.Predict(state, force);
            pole.Move((CartPole.MostForce * force[0]) + (turn % PushEvery < PushTurns ? push : 0), TurnSeconds);
            log.Add(start);
            lean = MathF.Max(lean, MathF.Abs(pole.Angle));
            away = MathF.Max(away, MathF.Abs(pole.Place));
        }

        return (lean, away);
    }

    private static void Write(in CartPole pole, Span<float> state) => (state[0], state[1], state[2], state[3]) = (pole.Place, pole.Speed, pole.Angle, pole.AngularSpeed);
}

using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Tests.Common;

/// <summary>A declaration through the stages before the text, each of them verified.</summary>
internal sealed class CompiledNetwork
{
    public CompiledNetwork(NetworkSpec spec)
    {
        Spec = spec;
        IReadOnlyList<Shape> shapes = InferShapes.Run(spec);
        Plan = PlanNetwork.Run(spec, shapes);
        Graphs = new NetworkGraphs(spec, shapes, Plan.Weights, Plan.Targets);
        Inference = Lower(Graphs.Inference());
        ForwardBackward = Lower(Graphs.ForwardBackward());
        if (spec.Losses.Count > 0)
        {
            Loss = Lower(Graphs.Loss());
            Gradients = Lower(Graphs.Gradients());
        }
    }

    public static IReadOnlyList<Machine> Machines { get; } = [Machine.Vector512, Machine.Vector256, Machine.Vector128];

    public static Machine MachineOf(int bits) => Machines.Single(machine => machine.Bits == bits);

    public NetworkSpec Spec { get; }

    public NetworkPlan Plan { get; }

    /// <summary>The graphs before softmax is lowered.</summary>
    public NetworkGraphs Graphs { get; }

    public NetworkGraph Inference { get; }

    public NetworkGraph ForwardBackward { get; }

    public NetworkGraph? Loss { get; }

    public NetworkGraph? Gradients { get; }

    public KernelProgram Schedule(NetworkGraph graph, Machine machine, ProgramMode mode) => ProgramScheduler.Run(graph, Plan.Weights, Plan.Targets, machine, mode);

    private static NetworkGraph Lower(NetworkGraph graph) =>
        GraphVerifier.Verify(LowerSoftmax.Run(GraphVerifier.Verify(graph, "building")), nameof(LowerSoftmax));
}

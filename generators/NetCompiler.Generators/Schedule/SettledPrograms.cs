using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule;

/// <summary>The graphs of a network's entry points, on their way to programs: each is settled once, then scheduled for every machine.</summary>
internal sealed class SettledPrograms
{
    private readonly NetworkPlan _plan;
    private readonly SettledGraph _inference;
    private readonly SettledGraph? _step;
    private readonly SettledGraph? _preparation;
    private readonly IReadOnlyList<SettledGraph> _rows;
    private readonly SettledGraph? _gradients;
    private readonly SettledGraph? _loss;
    private readonly SettledGraph _forwardBackward;
    private readonly SettledGraph? _inferenceForwardBackward;

    /// <param name="plan">The weights and what is derived from them.</param>
    /// <param name="inference">The outputs.</param>
    /// <param name="step">One step of a network that is run step by step, or null.</param>
    /// <param name="preparation">What inference derives from the weights, or null.</param>
    /// <param name="rows">One row of each table that is made row by row.</param>
    /// <param name="gradients">The loss and the gradients of the weights, or null without a loss.</param>
    /// <param name="loss">The loss alone, or null.</param>
    /// <param name="forwardBackward">Both halves, the gradients of the outputs coming from outside.</param>
    /// <param name="inferenceForwardBackward">The same in the form of inference, or null where it is no other.</param>
    public SettledPrograms(
        NetworkPlan plan, NetworkGraph inference, NetworkGraph? step, NetworkGraph? preparation, IReadOnlyList<NetworkGraph> rows, NetworkGraph? gradients, NetworkGraph? loss,
        NetworkGraph forwardBackward, NetworkGraph? inferenceForwardBackward)
    {
        _plan = plan;
        _inference = Settle(inference);
        _step = SettleAny(step);
        _preparation = SettleAny(preparation);
        _rows = [.. rows.Select(Settle)];
        _gradients = SettleAny(gradients);
        _loss = SettleAny(loss);
        _forwardBackward = Settle(forwardBackward);
        _inferenceForwardBackward = SettleAny(inferenceForwardBackward);
    }

    /// <summary>The programs for one machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="isReady">Hears of programs of one sample when they are done.</param>
    /// <param name="isBuilt">Hears of every other kernel that is new, which nobody asks for its statements afterwards.</param>
    /// <param name="cancellationToken">Asked before every group of a program.</param>
    public NetworkPrograms Schedule(Machine machine, Action<KernelProgram>? isReady, Action<Kernel>? isBuilt, CancellationToken cancellationToken)
    {
        var known = new KnownKernels(isBuilt: isBuilt, cancellationToken: cancellationToken);
        KernelProgram Program(SettledGraph graph, ProgramMode mode)
        {
            KernelProgram program = ProgramScheduler.Run(graph, _plan.Weights, _plan.Targets, _plan.Derived, machine, mode, known);
            if (mode is ProgramMode.PredictOne or ProgramMode.Prepare)
            {
                isReady?.Invoke(program);
            }

            return program;
        }

        KernelProgram? AnyProgram(SettledGraph? graph, ProgramMode mode) => graph is null ? null : Program(graph, mode);

        // In the order in which they are written.
        KernelProgram? prepare = AnyProgram(_preparation, ProgramMode.Prepare);
        KernelProgram[] rows = [.. _rows.Select(row => Program(row, ProgramMode.PredictOne))];
        KernelProgram one = Program(_inference, ProgramMode.PredictOne), many = Program(_inference, ProgramMode.PredictMany);
        KernelProgram? next = AnyProgram(_step, ProgramMode.PredictOne);
        return new NetworkPrograms(one, many, AnyProgram(_gradients, ProgramMode.Training), AnyProgram(_loss, ProgramMode.Training), Program(_forwardBackward, ProgramMode.Training))
        {
            PredictNext = next,
            Prepare = prepare,
            PrepareRow = rows,
            InferenceForwardBackward = AnyProgram(_inferenceForwardBackward, ProgramMode.Training),
        };
    }

    private SettledGraph Settle(NetworkGraph graph) => SettledGraph.Of(graph, _plan.Weights, _plan.Derived);

    private SettledGraph? SettleAny(NetworkGraph? graph) => graph is null ? null : Settle(graph);
}

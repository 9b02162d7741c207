using System.Runtime.ExceptionServices;
using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Targets.CSharp;
using NetCompiler.Generators.Targets.CSharp.Members;

namespace NetCompiler.Generators;

/// <summary>The whole pipeline: a declaration in, source files out. No Roslyn here.</summary>
internal static class NetworkCompiler
{
    private static readonly Machine[] Machines = [Machine.Vector512, Machine.Vector256, Machine.Vector128];

    public static IReadOnlyList<GeneratedFile> Run(NetworkSpec spec, CancellationToken cancellationToken)
    {
        // 1. What every member needs: shapes, weights and their places, targets.
        IReadOnlyList<Shape> shapes = InferShapes.Run(spec);
        NetworkPlan plan = PlanNetwork.Run(spec, shapes);
        if (spec.IsFaulty)
        {
            return [new GeneratedFile(FileName(spec, ""), MembersWriter.Write(plan)), .. RunVariants(spec, cancellationToken)];
        }

        // 2. Graphs, differentiated and simplified, then lowered to what kernels can do.
        var graphs = new NetworkGraphs(spec, shapes, plan.Weights, plan.Targets);
        NetworkGraph Narrowed(NetworkGraph graph) => spec.WeightFormat switch
        {
            "BFloat16" => NarrowWeights.Run(graph, NarrowFormat.BFloat16, TilingPolicy.IsWorthNarrowing),
            "Int8" => NarrowWeights.Run(graph, NarrowFormat.Int8, TilingPolicy.IsWorthIntegers),
            _ => graph,
        };
        NetworkGraph folded = TransformKernels.Run(PremultiplyTables.Run(ShrinkWindows.Run(SimplifyGraph.Run(FoldAffine.Run(graphs.Inference())))), TilingPolicy.IsFasterInTiles);
        HoistedGraph hoisted = HoistWeights.Run(LowerSoftmax.Run(Narrowed(folded)), weight => plan.Weights[weight].Packing == WeightPacking.Flat);
        NetworkGraph inference = hoisted.Inference;
        plan = plan with { PaddedInputs = graphs.PaddedInputs, PredictManyRows = TilingPolicy.PredictManyRowsOf(inference.Nodes.Where(node => node.IsBatched).Select(node => node.Shape.Length).DefaultIfEmpty(1).Max()) };
        NetworkGraph? step = null;
        if (StepNetwork.Of(spec, shapes) is { } oneStep)
        {
            IReadOnlyList<Shape> stepShapes = InferShapes.Run(oneStep);
            int steps = shapes[0][0];
            var stepGraphs = new NetworkGraphs(oneStep, stepShapes, plan.Weights, plan.Targets);
            hoisted = HoistWeights.Join(hoisted, HoistWeights.Run(LowerSoftmax.Run(Narrowed(FoldAffine.Run(stepGraphs.Step(steps))))));
            step = hoisted.Inference;
            plan = plan with { Step = StepPlan.Of(step, [.. stepShapes.Take(spec.Inputs.Count)], steps) with { PlaceState = stepGraphs.PlaceState } };
        }

        IReadOnlyList<int> places = [.. NarrowWeights.PlacesOf(inference).Concat(step is null ? [] : NarrowWeights.PlacesOf(step)).Distinct()];
        IReadOnlyList<PlannedDerived> derived = WeightPlanner.PlanDerived(hoisted.Derived, places);
        plan = plan with { Derived = derived, DerivedRows = WeightPlanner.PlanRows(hoisted.Rows, derived, plan.Weights) };
        cancellationToken.ThrowIfCancellationRequested();
        NetworkGraph forwardBackward = LowerSoftmax.Run(graphs.ForwardBackward());
        NetworkGraph? inferenceForwardBackward = plan.UpdatesStatistics ? LowerSoftmax.Run(graphs.ForwardBackward(isTraining: false)) : null;
        NetworkGraph? loss = spec.Losses.Count > 0 ? LowerSoftmax.Run(graphs.Loss()) : null;
        NetworkGraph? gradients = spec.Losses.Count > 0 ? LowerSoftmax.Run(graphs.Gradients()) : null;
        cancellationToken.ThrowIfCancellationRequested();

        // 3. Programs, kernels over planned buffers, and their text: the statements of a large network's kernels are a hundred megabytes, so each is written as soon as it is built.
        var settled = new SettledPrograms(plan, inference, step, hoisted.Preparation, [.. hoisted.Rows.Select(rows => rows.Row)], gradients, loss, forwardBackward, inferenceForwardBackward);
        WrittenMachine[] machines = ForMachines(machine =>
        {
            KernelWriter kernels = KernelsWriter.CreateKernels(spec, machine);
            NetworkPrograms programs = settled.Schedule(machine, kernels.Write, spec.Explain ? null : kernels.WriteAndForget, cancellationToken);
            var text = new GeneratedFile(FileName(spec, ".Kernels" + NumberText.Integer(machine.Bits)), KernelsWriter.Write(plan, programs, machine, kernels));
            return new WrittenMachine(machine, new ProgramMemory(programs, plan.PredictManyRows), text, spec.Explain ? programs : null);
        }, cancellationToken);

        // 4. The members, which give all machines memory enough.
        plan = PlanNetwork.WithMemory(plan, [.. machines.Select(machine => machine.Memory)]);
        var files = new List<GeneratedFile> { new(FileName(spec, ""), MembersWriter.Write(plan)) };
        files.AddRange(machines.Select(machine => machine.Kernels));
        if (spec.Explain)
        {
            files.Add(new GeneratedFile(FileName(spec, ".Explained"), Explanation.Write(spec, plan, graphs, inference, gradients, forwardBackward, [.. machines.Select(machine => (machine.Machine, machine.Programs!))])));
        }

        // 5. Every other combination of the choices, a network of its own.
        files.AddRange(RunVariants(spec, cancellationToken));
        return files;
    }

    private static IEnumerable<GeneratedFile> RunVariants(NetworkSpec spec, CancellationToken cancellationToken) =>
        spec.Variants.Select(variant => variant.Network).OfType<NetworkSpec>().SelectMany(variant => Run(variant with { Explain = spec.Explain }, cancellationToken));

    // The machines have nothing to do with one another; whoever types has cores to spare.
    private static T[] ForMachines<T>(Func<Machine, T> make, CancellationToken cancellationToken)
    {
        var results = new T[Machines.Length];
        try
        {
            Parallel.For(0, Machines.Length, new ParallelOptions { CancellationToken = cancellationToken }, index => results[index] = make(Machines[index]));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Capture(exception.InnerExceptions[0]).Throw();
        }

        return results;
    }

    /// <summary>What is left of a machine: its programs only where they are explained.</summary>
    private sealed record WrittenMachine(Machine Machine, ProgramMemory Memory, GeneratedFile Kernels, NetworkPrograms? Programs);

    /// <summary>The name of a generated file: the class with its namespace and containers, then the part.</summary>
    public static string FileName(NetworkSpec spec, string part)
    {
        IEnumerable<string> containers = spec.Containers.Select(container => container.Substring(container.LastIndexOf(' ') + 1));
        string name = spec.Name + spec.TypeParameters;
        IEnumerable<string> names = spec.Namespace.Length > 0 ? [spec.Namespace, .. containers, name] : [.. containers, name];
        return string.Join(".", names).Replace("@", "").Replace('<', '{').Replace('>', '}') + part + ".g.cs"; // neither a keyword's escape nor < is a character of a file name
    }
}

/// <summary>A generated source file.</summary>
internal sealed record GeneratedFile(string Name, string Text);

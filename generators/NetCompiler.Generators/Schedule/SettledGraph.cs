using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Layouts;
using NetCompiler.Generators.Schedule.Scans;

namespace NetCompiler.Generators.Schedule;

/// <summary>A graph that is ready to be scheduled, with the facts about its nodes: the same for every machine, and for one sample or many.</summary>
internal sealed class SettledGraph
{
    private SettledGraph(NetworkGraph graph, bool isPlain)
    {
        Graph = graph;
        IsPlain = isPlain;
        Facts = new NodeFacts(graph);
    }

    public NetworkGraph Graph { get; }

    /// <summary>Whether every contraction stays as it is, for its plain loop nest.</summary>
    public bool IsPlain { get; }

    public NodeFacts Facts { get; }

    public static SettledGraph Of(NetworkGraph graph, IReadOnlyList<PlannedWeight> weights, IReadOnlyList<PlannedDerived> derived, bool isPlain = false)
    {
        graph = SettleLayouts.Run(PrepareScans.Run(graph), weights, derived);
        return new SettledGraph(isPlain ? graph : MaskWindows.Run(FlattenProducts.Run(graph), weights), isPlain);
    }
}

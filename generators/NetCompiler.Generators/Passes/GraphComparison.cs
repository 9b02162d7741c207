using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>Whether a pass has changed anything: node by node, the bodies of scans included.</summary>
internal static class GraphComparison
{
    public static bool AreAlike(NetworkGraph a, NetworkGraph b)
    {
        if (a.Nodes.Count != b.Nodes.Count || a.Results.Count != b.Results.Count)
        {
            return false;
        }

        for (int i = 0; i < a.Nodes.Count; i++)
        {
            if (!AreAlike(a.Nodes[i], b.Nodes[i]))
            {
                return false;
            }
        }

        for (int i = 0; i < a.Results.Count; i++)
        {
            if (a.Results[i].Role != b.Results[i].Role || a.Results[i].Index != b.Results[i].Index || a.Results[i].Node.Id != b.Results[i].Node.Id)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreAlike(Node a, Node b)
    {
        if (a.Id != b.Id || a.IsBatched != b.IsBatched || a.Shape != b.Shape || a.Operands.Count != b.Operands.Count || !AreAlike(a.Operation, b.Operation))
        {
            return false;
        }

        for (int i = 0; i < a.Operands.Count; i++)
        {
            if (a.Operands[i].Id != b.Operands[i].Id)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreAlike(Operation a, Operation b) => a is ScanOperation scan
        ? b is ScanOperation other && scan.Steps == other.Steps && scan.IsReversed == other.IsReversed && AreAlike(scan.Body.Graph, other.Body.Graph)
        : a == b;
}

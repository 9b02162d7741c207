using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// Products of samples with a matrix of weights read it rounded to a narrow format, where the schedule says that this is worth it; integers are multiplied with rows of integers. For
/// inference, where the rounded matrix is made once. Behind the passes that change weights, since what is rounded is what is multiplied; before what depends on the weights is hoisted.
/// </summary>
/// <remarks>What multiplies rows of a table stays as it is: all steps at once multiply the table ahead, and a single step has to give the same.</remarks>
internal static class NarrowWeights
{
    /// <summary>Whether a matrix of so many rows and columns is worth narrowing.</summary>
    public delegate bool Policy(int rows, int columns);

    /// <summary>The weights that name the places where a graph rounds rows, in order.</summary>
    public static IReadOnlyList<int> PlacesOf(NetworkGraph graph) => [.. graph.Nodes.SelectMany(node => node.Operation switch
    {
        RoundRowsOperation round => [round.Weight],
        ScanOperation scan => PlacesOf(scan.Body.Graph),
        _ => (IReadOnlyList<int>)[],
    }).Distinct().OrderBy(weight => weight)];

    public static NetworkGraph Run(NetworkGraph graph, NarrowFormat format, Policy isWorthIt)
    {
        var weights = new WeightsOnly();
        var places = new Dictionary<Node, int>();
        bool IsNarrowed(Node weight) => weights.Contains(weight) && weight.Shape.Rank == 2 && isWorthIt(weight.Shape[0], weight.Shape[1]);
        return GraphVerifier.Verify(GraphRewriter.Run(graph, (builder, node, operands) => node.Operation switch
        {
            ContractOperation contract when IsProduct(contract) && operands[0].IsBatched && !IsRowsOfTable(operands[0]) && IsNarrowed(operands[1]) =>
                builder.Make(contract, [Rows(builder, format, operands[0], operands[1], places), Narrow(builder, format, operands[1])]),
            ScanOperation scan => NarrowInvariants(builder, node, scan, operands, format, IsNarrowed, places),
            _ => null,
        }), nameof(NarrowWeights));
    }

    // A body reads a weight of the graph around it as an invariant.
    private static Node NarrowInvariants(
        GraphBuilder builder, Node node, ScanOperation scan, IReadOnlyList<Node> operands, NarrowFormat format, Func<Node, bool> isNarrowed, Dictionary<Node, int> places)
    {
        ScanBody body = scan.Body;
        bool IsMultiplied(int invariant) => body.Graph.Results.All(result => !IsInvariant(result.Node, invariant)) && body.Graph.Nodes
            .Where(user => user.Operands.Any(operand => IsInvariant(operand, invariant)))
            .All(user => user.Operation is ContractOperation contract && IsProduct(contract) && user.Operands[0].IsBatched && IsInvariant(user.Operands[1], invariant));
        HashSet<int> narrow = [.. Enumerable.Range(0, body.Invariants).Where(invariant => isNarrowed(operands[body.Sequences + invariant]) && IsMultiplied(invariant))];
        Node[] narrowed = [.. operands.Select((operand, i) => narrow.Contains(i - body.Sequences) ? Narrow(builder, format, operand) : operand)];
        NetworkGraph steps = format == NarrowFormat.BFloat16 || narrow.Count == 0 ? body.Graph : GraphRewriter.Copy(body.Graph, (inner, user, own) =>
            user.Operation is ContractOperation && user.Operands[1].Operation is InputOperation { Role: InputRole.ScanInvariant, Index: var invariant } && narrow.Contains(invariant)
                ? inner.Make(user.Operation, [Rows(inner, format, own[0], operands[body.Sequences + invariant], places), own[1]]) : null);
        return builder.Make(scan with { Body = body.With(steps) }, narrowed, node.Shape, node.IsBatched);
    }

    private static bool IsInvariant(Node node, int index) => node.Operation is InputOperation { Role: InputRole.ScanInvariant } input && input.Index == index;

    private static Node Narrow(GraphBuilder builder, NarrowFormat format, Node weight) => builder.Make(new NarrowOperation(format), [weight]);

    // Rows that several matrices multiply are rounded once.
    private static Node Rows(GraphBuilder builder, NarrowFormat format, Node rows, Node matrix, Dictionary<Node, int> places)
    {
        if (format != NarrowFormat.Int8)
        {
            return rows;
        }

        if (!places.TryGetValue(rows, out int weight))
        {
            places.Add(rows, weight = WeightOf(matrix) ?? throw new InvalidOperationException($"{matrix} is made of no weight."));
        }

        return builder.Make(new RoundRowsOperation(weight), [rows]);
    }

    // The first weight that a matrix is made of.
    private static int? WeightOf(Node matrix) => matrix.Operation is InputOperation { Role: InputRole.Parameter or InputRole.Statistic, Index: var index }
        ? index : matrix.Operands.Select(WeightOf).FirstOrDefault(found => found is not null);

    // Rows of anything times a matrix: y[.., n] = sum over k of x[.., k] W[k, n].
    private static bool IsProduct(ContractOperation contract)
    {
        string left = contract.Left, right = contract.Right, result = contract.Result;
        return right.Length == 2 && left.Length > 0 && left.Length == result.Length && left[left.Length - 1] == right[0] && result[result.Length - 1] == right[1]
            && left.Substring(0, left.Length - 1) == result.Substring(0, result.Length - 1);
    }

    private static bool IsRowsOfTable(Node node) => node.Operation is GatherOperation || (node.Operation is ReshapeOperation && IsRowsOfTable(node.Operands[0]));
}

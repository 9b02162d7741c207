using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Tests.Graph;

/// <content>Scans: the body once per step, in the order of the scan.</content>
internal sealed partial class GraphInterpreter
{
    private readonly Dictionary<Node, Dictionary<(bool IsState, int Index), double[]>> _scans = [];

    // The scan itself has no value; its results are read by nodes of their own.
    private double[] RunScan(Node node, ScanOperation scan, double[][] operands)
    {
        ScanBody body = scan.Body;
        int invariants = body.Sequences, states = body.Sequences + body.Invariants;
        var results = new Dictionary<(bool IsState, int Index), double[]>();
        foreach (GraphResult result in body.Graph.Results.Where(result => result.Role == ResultRole.ScanOutput))
        {
            results[(false, result.Index)] = new double[scan.Steps * Length(result.Node)];
        }

        foreach (Node input in body.Graph.Nodes.Where(input => input.Operation is InputOperation { Role: InputRole.ScanState }))
        {
            int state = ((InputOperation)input.Operation).Index;
            results[(true, state)] = Repeated(operands[states + state], node.Operands[states + state], input);
        }

        for (int i = 0; i < scan.Steps; i++)
        {
            int step = scan.IsReversed ? scan.Steps - 1 - i : i;
            var inner = new GraphInterpreter(samples, input => input.Role switch
            {
                InputRole.ScanSequence => Step(operands[input.Index], node.Operands[input.Index], scan.Steps, step),
                InputRole.ScanInvariant => operands[invariants + input.Index],
                InputRole.ScanState => results[(true, input.Index)],
                _ => given(input),
            });
            IReadOnlyDictionary<Node, double[]> values = inner.Run(body.Graph);
            foreach (GraphResult result in body.Graph.Results.OrderBy(result => result.Role == ResultRole.ScanState))
            {
                if (result.Role == ResultRole.ScanState)
                {
                    results[(true, result.Index)] = values[result.Node];
                }
                else
                {
                    PutStep(results[(false, result.Index)], values[result.Node], result.Node, scan.Steps, step);
                }
            }
        }

        _scans[node] = results;
        return [];
    }

    // An initial state may be one number, or one for all samples.
    private double[] Repeated(double[] value, Node operand, Node state) =>
        Elementwise(new Node(0, state.Operation, [operand], state.Shape, state.IsBatched, ""), Copy, [value]);

    private double[] Step(double[] sequence, Node operand, int steps, int step)
    {
        int length = (int)operand.Shape.Length / steps;
        return [.. Enumerable.Range(0, operand.IsBatched ? samples : 1).SelectMany(sample => sequence.Skip((((sample * steps) + step) * length)).Take(length))];
    }

    private void PutStep(double[] sequence, double[] value, Node node, int steps, int step)
    {
        int length = (int)node.Shape.Length;
        for (int sample = 0; sample < (node.IsBatched ? samples : 1); sample++)
        {
            Array.Copy(value, sample * length, sequence, ((sample * steps) + step) * length, length);
        }
    }
}

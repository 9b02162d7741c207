using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>
/// The product of a state with a recurrent kernel whose columns are gates side by side, sliced apart before they meet: the gates of the same
/// units can stay in registers until the new states are made of them.
/// </summary>
/// <param name="Gates">The number of gates.</param>
/// <param name="Units">The columns of each.</param>
internal sealed record GateForm(int Gates, int Units)
{
    /// <summary>Two gates at least make it worth while; with more than four their sums would not fit the registers.</summary>
    private const int FewestGates = 2, MostGates = 4;

    /// <summary>The form of a product, or null: all slices must be gates of one width, of whole vectors.</summary>
    public static GateForm? Match(Node product, ILookup<Node, Node> users)
    {
        if (product.Shape.Rank != 1 || !product.IsBatched)
        {
            return null;
        }

        int columns = product.Shape[0], units = 0;
        var waiting = new Queue<Node>([product]);
        var seen = new HashSet<Node>();
        while (waiting.Count > 0)
        {
            foreach (Node user in users[waiting.Dequeue()].Where(seen.Add))
            {
                if (user.Operation is SliceOperation slice)
                {
                    units = units == 0 ? slice.Length : units;
                    if (slice.Length != units || slice.Start % units != 0)
                    {
                        return null;
                    }
                }
                else if (IsWide(user, columns))
                {
                    waiting.Enqueue(user);
                }
            }
        }

        return units > 0 && units % TilingPolicy.RowAlignment == 0 && units <= TilingPolicy.MostGateUnits && columns % units == 0 && columns / units is >= FewestGates and <= MostGates
            ? new GateForm(columns / units, units) : null;
    }

    /// <summary>Whether a node has the columns of all gates.</summary>
    public bool IsWide(Node node) => IsWide(node, Gates * Units);

    private static bool IsWide(Node node, int columns) => node.Operation is ElementwiseNodeOperation or ContractOperation && node.Shape.Rank == 1 && node.Shape[0] == columns;
}

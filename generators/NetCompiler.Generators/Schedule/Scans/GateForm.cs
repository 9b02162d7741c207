using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>
/// The product of one row with a kernel whose columns are gates side by side, sliced apart before they meet: the gates of the same units can
/// stay in registers until the new states are made of them.
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
        if (!product.IsBatched || Space.Of(product).Rows != 1)
        {
            return null;
        }

        int columns = product.Shape[-1], units = 0;
        foreach (Node node in Reached(product, users))
        {
            if (node.Operation is SliceOperation slice)
            {
                units = units == 0 ? slice.Length : units;
                if (slice.Length != units || slice.Start % units != 0)
                {
                    return null;
                }
            }
        }

        return units > 0 && units % TilingPolicy.RowAlignment == 0 && units <= TilingPolicy.MostGateUnits && columns % units == 0 && columns / units is >= FewestGates and <= MostGates
            ? new GateForm(columns / units, units) : null;
    }

    /// <summary>What is made of a product by columns alone: itself, sums and functions of it, and its slices.</summary>
    public static IReadOnlyCollection<Node> Reached(Node product, ILookup<Node, Node> users)
    {
        var waiting = new Queue<Node>([product]);
        var seen = new HashSet<Node>([product]);
        while (waiting.Count > 0)
        {
            foreach (Node user in users[waiting.Dequeue()])
            {
                bool isWide = user.Operation is ElementwiseNodeOperation or ReshapeOperation && Space.Of(user) == Space.Of(product);
                if ((isWide || (user.Operation is SliceOperation && user.Shape.Rank == 1)) && seen.Add(user) && isWide)
                {
                    waiting.Enqueue(user);
                }
            }
        }

        return seen;
    }

    /// <summary>Whether a node has the columns of all gates.</summary>
    public bool IsWide(Node node) => node.Operation is ElementwiseNodeOperation or ContractOperation && Space.Of(node) == new Space(node.IsBatched, 1, Gates * Units);
}

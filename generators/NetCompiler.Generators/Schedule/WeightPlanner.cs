using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule;

/// <summary>Names every weight and gives it its place and packing: trained ones in one arena, statistics in another.</summary>
internal static class WeightPlanner
{
    public static IReadOnlyList<PlannedWeight> Run(NetworkSpec spec, IReadOnlyList<Shape> shapes)
    {
        var planned = new List<PlannedWeight>();
        foreach (bool isTrainable in new[] { true, false })
        {
            int offset = 0;
            for (int layer = 0; layer < spec.Layers.Count; layer++)
            {
                LayerSpec declaration = spec.Layers[layer];
                if (declaration.SharedWith >= 0)
                {
                    continue; // another layer's weights
                }

                Shape[] inputs = [.. declaration.Operands.Select(operand => shapes[operand])];
                if (spec.IsFaulty && inputs.Any(input => input.Rank == 0))
                {
                    continue; // the declaration lacks a shape: the other members can still be named
                }

                foreach (WeightSpec weight in LayerRule.Find(declaration.Kind)!.Weights(declaration, inputs).Where(weight => weight.IsTrainable == isTrainable))
                {
                    WeightPacking packing = Packing(weight);
                    string fileName = weight.FileName(declaration.Name);
                    int length = PhysicalLength(weight.Shape, packing);
                    planned.Add(new PlannedWeight(weight, layer, fileName, MemberName(fileName), packing, offset, length));
                    offset += length;
                }
            }
        }

        return planned;
    }

    /// <summary>Each part between _ and . gets a capital: dense1.kernel becomes Dense1Kernel.</summary>
    public static string MemberName(string name) =>
        string.Concat(name.Split('_', '.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>Only what is multiplied is packed.</summary>
    public static WeightPacking Packing(WeightSpec weight) => WeightExtent.IsFlat(weight) ? WeightPacking.Flat : PackingOfMatrix(weight.Shape);

    private static WeightPacking PackingOfMatrix(Shape shape) => WeightExtent.HasColumns(shape) ? WeightPacking.Columns : WeightPacking.Panels;

    /// <summary>Gives every derived value its place and packing; behind them lie the ranges of rounded rows, which name themselves after weights.</summary>
    public static IReadOnlyList<PlannedDerived> PlanDerived(IReadOnlyList<DerivedSpec> derived, IReadOnlyList<int>? ranges = null)
    {
        var planned = new List<PlannedDerived>();
        int offset = 0;
        foreach (DerivedSpec value in derived)
        {
            WeightPacking packing = value.Format is { } format ? (format == NarrowFormat.BFloat16 ? WeightPacking.NarrowPanels : WeightPacking.Int8Panels) : value.IsPacked ? PackingOfMatrix(value.Shape) : WeightPacking.Flat;
            Space space = Space.Of(value.Shape, isBatched: false);
            int length = packing == WeightPacking.Flat ? space.Rows * TilingPolicy.Align(space.Columns) : PhysicalLength(value.Shape, packing);
            planned.Add(new PlannedDerived(value.Shape, packing, offset, length));
            offset += length;
        }

        foreach (int weight in ranges ?? [])
        {
            planned.Add(new PlannedDerived(new Shape(Int8Layout.Range), WeightPacking.Flat, offset, Int8Layout.Range) { RangeOf = weight });
            offset += Int8Layout.Range;
        }

        return planned;
    }

    /// <summary>The places of the rows of tables that are derived row by row, and of those they are derived from.</summary>
    public static IReadOnlyList<PlannedRows> PlanRows(IReadOnlyList<TableByRow> tables, IReadOnlyList<PlannedDerived> derived, IReadOnlyList<PlannedWeight> weights) =>
        [.. tables.Select(table => new PlannedRows(derived[table.Derived].Shape[0], table.Inputs, weights[table.Table].Offset, weights[table.Table].Spec.Shape[1],
            derived[table.Derived].Offset, TilingPolicy.Align(derived[table.Derived].Shape[1])))];

    /// <summary>The floats of a weight, padding included.</summary>
    public static int PhysicalLength(Shape shape, WeightPacking packing) => packing switch
    {
        WeightPacking.Panels => (int)WeightExtent.Rows(shape),
        WeightPacking.NarrowPanels => (shape[-1] + TilingPolicy.PanelWidth - 1) / TilingPolicy.PanelWidth * NarrowPanels.Pairs * shape[0],
        WeightPacking.Int8Panels => Int8Layout.MatrixLength(shape[0], shape[-1]),
        WeightPacking.Columns => (int)WeightExtent.Columns(shape),
        _ => (int)WeightExtent.Flat(shape),
    };
}

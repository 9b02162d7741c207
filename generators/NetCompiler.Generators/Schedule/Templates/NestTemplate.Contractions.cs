using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>
/// Any contraction: loops over the labels of the result around loops over those that it lacks. The lanes run along the result's last axis
/// where the operands do too or do not depend on it, else along a last axis that both operands sum over, else there is one.
/// </summary>
internal sealed partial class NestTemplate
{
    private void Contract(NestTarget target, ContractOperation contract)
    {
        Label[] labels = Labels(target, contract);
        Label[] kept = [.. labels.Where(label => label.IsKept)], summed = [.. labels.Where(label => !label.IsKept)];
        bool isScatter = contract.Result.Contains('(');
        Label? lane = kept.LastOrDefault(label => !label.IsBatch && label.Result == 1 && label is { Left: 0 or 1, Right: 0 or 1 });
        Label? dotted = lane is null ? summed.FirstOrDefault(label => !label.IsBatch && label is { Left: 1, Right: 1 }) : null;
        Label[] outer = [.. kept.Where(label => label != lane && !label.IsBatch)];
        bool isBatched = kept.Any(label => label.IsBatch);
        bool isWholeRow = lane is not null && !isScatter && lane.Extent == _node.Shape[-1];
        Walk Walked(Node node, Func<Label, int> step, bool isPadded)
        {
            Place place = _context.Storage.PlaceOf(node);
            return new Walk(_signature.Reference(place), 0, Steps(kept, outer, lane, step), IsPadded: isPadded);
        }

        Walk a = Walked(X, label => label.Left, isPadded: false), b = Walked(_node.Operands[1], label => label.Right, isPadded: false);
        var y = new Walk(target.Reference, 0, Steps(kept, outer, lane, label => label.Result), IsPadded: isWholeRow && target.HasPadding);
        if (isScatter)
        {
            _body.AddRange(Fill(target, 0));
        }
        else
        {
            ClearPadding(target, y);
        }

        // Without lanes along the result its last label is an axis as any other, of single values.
        int[] extents = [.. outer.Select(label => label.Extent), lane?.Extent ?? 1];
        Label[] inner = [.. summed.Where(label => label != dotted)];
        _body.AddRange(_loops.Build(isBatched, extents, [y, a, b], point =>
        {
            string sum = "sum" + point.Suffix;
            IReadOnlyList<(Extent, int[])> loops = [.. inner.Select(label => (label.IsBatch ? Samples() : label.Extent, (int[])[label.Left, label.Right]))];
            List<Statement> statements = [new Let(sum, isScatter && dotted is null ? point.Read(y) : new Number(0))];
            statements.AddRange(Around(loops, [point.At(a), point.At(b)], point.Suffix, at => dotted is null
                ? [new Set(sum, new MultiplyAdd(point.ReadAt(a, at[0]), point.ReadAt(b, at[1]), new Name(sum)))]
                : Dot(sum, at[0], at[1], dotted.Extent, point.Suffix)));
            if (dotted is not null)
            {
                statements.Add(new Set(sum, new Across(IsMaximum: false, new Name(sum))));
            }

            if (isScatter)
            {
                statements.Add(point.Store(y, dotted is null ? new Name(sum) : Sum(new Name(sum), point.Read(y))));
            }
            else
            {
                statements.AddRange(target.Store(point, y, new Name(sum)));
            }

            return statements;
        }));
    }

    private Extent Samples() => _context.IsSingleSample ? 1 : _signature.Parameters.Any(parameter => parameter.Name == "samples")
        ? "samples" : _signature.Count("samples", 1, perSample: true);

    // sum += a b along an axis of both
    private List<Statement> Dot(string sum, Address a, Address b, int length, string suffix)
    {
        int lanes = _context.Machine.Lanes, whole = length / lanes;
        List<Statement> statements = [];
        VectorExpression Term(Address left, Address right, int there) => new MultiplyAdd(new Load(left, there), new Load(right, there), new Name(sum));
        if (whole > TilingPolicy.MostUnrolledNestVectors)
        {
            string counter = "dot" + suffix;
            statements.AddRange([new LetReference("da" + suffix, a), new LetReference("db" + suffix, b)]);
            (a, b) = (new Address("da" + suffix), new Address("db" + suffix));
            statements.Add(new Loop(counter, whole, [new Set(sum, Term(a with { Index = counter, Stride = lanes }, b with { Index = counter, Stride = lanes }, lanes))], CountsUp: true));
        }
        else
        {
            statements.AddRange(Enumerable.Range(0, whole).Select(i => new Set(sum, Term(a.Plus(i * lanes), b.Plus(i * lanes), lanes))));
        }

        if (length % lanes != 0)
        {
            statements.Add(new Set(sum, Term(a.Plus(whole * lanes), b.Plus(whole * lanes), length % lanes)));
        }

        return statements;
    }

    private static EquatableArray<int> Steps(Label[] kept, Label[] outer, Label? lane, Func<Label, int> step) =>
        [kept.FirstOrDefault(label => label.IsBatch) is { } batch ? step(batch) : 0, .. outer.Select(step), lane is null ? 0 : step(lane)];

    // Every label with its extent and the floats that a step of it covers in each value: an axis that is a sum of labels moves with all of them.
    private Label[] Labels(NestTarget target, ContractOperation contract)
    {
        Dictionary<char, int> extents = ShapeRules.Extents(contract, _node.Operands);
        IReadOnlyDictionary<char, int> left = StepsOf(contract.Left, _values.StridesOf(X), _context.Storage.PlaceOf(X).SampleStride);
        IReadOnlyDictionary<char, int> right = StepsOf(contract.Right, _values.StridesOf(_node.Operands[1]), _context.Storage.PlaceOf(_node.Operands[1]).SampleStride);
        IReadOnlyDictionary<char, int> result = StepsOf(contract.Result, target.StridesOf(), target.Place.SampleStride);
        return
        [
            .. result.Keys.Concat(left.Keys).Concat(right.Keys).Distinct()
                .Where(name => name == AxisLabels.Batch || extents[name] > 1)
                .Select(name => new Label(name, name == AxisLabels.Batch ? 1 : extents[name], result.ContainsKey(name),
                    left.TryGetValue(name, out int l) ? l : 0, right.TryGetValue(name, out int r) ? r : 0, result.TryGetValue(name, out int y) ? y : 0)),
        ];
    }

    private static Dictionary<char, int> StepsOf(string labels, int[] strides, int sampleStride)
    {
        var steps = new Dictionary<char, int>();
        int axis = 0;
        foreach (IReadOnlyList<AxisTerm> terms in AxisLabels.Parse(labels))
        {
            bool isBatch = terms[0].Label == AxisLabels.Batch;
            foreach (AxisTerm term in terms)
            {
                steps[term.Label] = (steps.TryGetValue(term.Label, out int other) ? other : 0) + (term.Stride * (isBatch ? sampleStride : strides[axis]));
            }

            axis += isBatch ? 0 : 1;
        }

        return steps;
    }

    private sealed record Label(char Name, int Extent, bool IsKept, int Left, int Right, int Result)
    {
        public bool IsBatch => Name == AxisLabels.Batch;
    }
}

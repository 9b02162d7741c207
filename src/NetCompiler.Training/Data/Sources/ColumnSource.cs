namespace NetCompiler;

/// <summary>Columns in memory.</summary>
internal sealed class ColumnSource(DataColumn[] inputs, DataColumn[] targets)
    : SampleSource(new SampleSchema([.. inputs.Select(column => column.Shape)], [.. targets.Select(column => column.Shape)]))
{
    public override int Count { get; } = inputs[0].Count;

    public override bool HasWeights => false;

    public override void Copy(ReadOnlySpan<int> rows, SampleStage stage, int at, int epoch)
    {
        for (int c = 0; c < inputs.Length; c++)
        {
            int length = inputs[c].Shape.Length;
            if (inputs[c].Shape.IsInteger)
            {
                Gather(inputs[c].Values.Integers.Span, length, rows, stage.TokenInput(c)[(at * length)..]);
            }
            else
            {
                Gather(inputs[c].Values.Floats.Span, length, rows, stage.FloatInput(c)[(at * length)..]);
            }
        }

        for (int c = 0; c < targets.Length; c++)
        {
            int length = targets[c].Shape.Length;
            if (targets[c].Shape.IsInteger)
            {
                Gather(targets[c].Values.Integers.Span, length, rows, stage.ClassTarget(c)[(at * length)..]);
            }
            else
            {
                Gather(targets[c].Values.Floats.Span, length, rows, stage.FloatTarget(c)[(at * length)..]);
            }
        }

        stage.Weights.Slice(at, rows.Length).Fill(1);
    }

    public override int ClassOf(int row, SampleBuffer scratch)
    {
        DataColumn target = targets[0];
        int length = target.Shape.Length;
        return target.Shape.IsInteger ? target.Values.Integers.Span[row * length]
            : length == 1 ? (target.Values.Floats.Span[row] > 0.5f ? 1 : 0)
            : MetricBatch.LargestOf(target.Values.Floats.Span.Slice(row * length, length));
    }

    private static void Gather<T>(ReadOnlySpan<T> source, int length, ReadOnlySpan<int> rows, Span<T> destination)
    {
        if (length == 1)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                destination[i] = source[rows[i]];
            }

            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            source.Slice(rows[i] * length, length).CopyTo(destination.Slice(i * length, length));
        }
    }
}

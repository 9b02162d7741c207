namespace NetCompiler;

/// <summary>The inputs and targets of a sample, in the order of the network's declaration.</summary>
internal sealed class SampleSchema(SampleColumn[] inputs, SampleColumn[] targets)
{
    /// <summary>The inputs.</summary>
    public ReadOnlySpan<SampleColumn> Inputs => inputs;

    /// <summary>The targets.</summary>
    public ReadOnlySpan<SampleColumn> Targets => targets;

    /// <summary>What a network takes.</summary>
    /// <param name="description">The network's description.</param>
    /// <param name="allowMissing">Whether NaN stands for a missing value in the inputs.</param>
    public static SampleSchema Of(NetworkDescription description, bool allowMissing = false) => new(
        [.. description.Inputs.Select(input => SampleColumn.Of(input, allowMissing))],
        [.. description.Targets.Select((_, target) => SampleColumn.OfTarget(description, target))]);

    /// <summary>Refuses a network that takes other samples than these.</summary>
    public void RequireFits(NetworkDescription description, string argument)
    {
        if (!HasShapeOf(Of(description)))
        {
            throw new ArgumentException($"The data set was made for another network than {description.Name}: it has {this}.", argument);
        }
    }

    /// <summary>Whether samples of the other schema can stand for samples of this one.</summary>
    public bool HasShapeOf(SampleSchema other) => AreAlike(inputs, other.Inputs) && AreAlike(targets, other.Targets);

    /// <summary>The targets whose losses take less than the samples were checked for: they were made for a network of the same shape, but with another loss.</summary>
    /// <param name="description">The network that is to be trained with them.</param>
    public (int Target, SampleColumn Column)[] Unchecked(NetworkDescription description)
        => [.. targets.Select((_, target) => (target, SampleColumn.OfTarget(description, target))).Where(needed => needed.Item2.Range is TargetRange range && range != targets[needed.target].Range)];

    /// <summary>Refuses NaN that is not declared, infinities, integers outside their range, and targets that the losses do not take.</summary>
    public void Check(SampleStage stage, int at, int position)
    {
        for (int c = 0; c < inputs.Length; c++)
        {
            SampleColumn column = inputs[c];
            if (column.IsInteger)
            {
                column.Check(stage.TokenInput(c).Slice(at * column.Length, column.Length), position);
            }
            else
            {
                column.Check(stage.FloatInput(c).Slice(at * column.Length, column.Length), position);
            }
        }

        for (int c = 0; c < targets.Length; c++)
        {
            SampleColumn column = targets[c];
            if (column.IsInteger)
            {
                column.Check(stage.ClassTarget(c).Slice(at * column.Length, column.Length), position);
            }
            else
            {
                column.Check(stage.FloatTarget(c).Slice(at * column.Length, column.Length), position);
            }
        }

        float weight = stage.Weights[at];
        if (!(weight >= 0 && float.IsFinite(weight)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The weight is {weight}; weights are finite and at least 0."));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", inputs.Concat(targets).Select(column => $"{column.Title} of {column.Length} {(column.IsInteger ? $"integers below {column.Limit}" : "floats")}"));

    private static bool AreAlike(SampleColumn[] columns, ReadOnlySpan<SampleColumn> others)
    {
        bool alike = columns.Length == others.Length;
        for (int i = 0; alike && i < columns.Length; i++)
        {
            alike = columns[i].Length == others[i].Length && columns[i].Limit == others[i].Limit;
        }

        return alike;
    }
}

namespace NetCompiler;

/// <summary>One of named values.</summary>
internal sealed class ChoiceParameter : SearchParameter
{
    private readonly SearchValue[] _values;

    /// <exception cref="ArgumentException">There is no value, one comes twice, or texts and numbers are mixed.</exception>
    public ChoiceParameter(string name, SearchValue[] values)
        : base(name)
    {
        if (values.Length == 0)
        {
            throw new ArgumentException($"The choice \"{name}\" has no value; it needs at least one.", nameof(values));
        }

        if (values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The choice \"{name}\" has the value {twice.Key} twice.", nameof(values));
        }

        if (values.Any(value => value.IsText != values[0].IsText))
        {
            throw new ArgumentException($"The choice \"{name}\" mixes numbers and texts: {string.Join(", ", values)}.", nameof(values));
        }

        _values = values;
    }

    public override int? Count => _values.Length;

    public IReadOnlyList<SearchValue> Values => _values;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(", ", _values)}";

    internal override SearchValue At(int index) => _values[index];
}

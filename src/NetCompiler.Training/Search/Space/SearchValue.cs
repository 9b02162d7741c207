using System.Globalization;

namespace NetCompiler;

/// <summary>The value of one hyperparameter: a number or a text.</summary>
public readonly record struct SearchValue
{
    private readonly double _number;
    private readonly string? _text;

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN or infinite.</exception>
    public SearchValue(double number)
        => _number = double.IsFinite(number) ? number : throw new ArgumentOutOfRangeException(nameof(number), number, "A hyperparameter's number must be finite.");

    /// <summary>A text.</summary>
    public SearchValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
    }

    /// <summary>Whether it is a text.</summary>
    public bool IsText => _text is not null;

    /// <summary>The number; NaN for a text.</summary>
    public double Number => _text is null ? _number : double.NaN;

    /// <summary>A value from a whole number.</summary>
    public static implicit operator SearchValue(int number) => new(number);

    /// <summary>A value from a number.</summary>
    public static implicit operator SearchValue(double number) => new(number);

    /// <summary>A value from a text.</summary>
    public static implicit operator SearchValue(string text) => new(text);

    /// <summary>The text, or the number with as many digits as tell it apart, in no culture.</summary>
    public override string ToString() => _text ?? _number.ToString("R", CultureInfo.InvariantCulture);
}

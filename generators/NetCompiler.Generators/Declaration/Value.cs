namespace NetCompiler.Generators.Declaration;

/// <summary>What an expression in a method read by the generator stands for: a number known now, or the result of an instruction.</summary>
/// <param name="Number">The number, or null for what is known at run time only.</param>
/// <param name="Index">The number of the value among parameters and instructions, where Number is null.</param>
internal sealed record Value(double? Number, int Index)
{
    /// <summary>True or false, which as a number is 1 or 0.</summary>
    public bool IsCondition { get; init; }

    public static Value Of(bool condition) => new(condition ? 1 : 0, -1) { IsCondition = true };

    public static Value Of(double number) => new(number, -1);
}

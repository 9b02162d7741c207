namespace NetCompiler;

/// <summary>Values of enumerations that were given.</summary>
internal static class DefinedEnum
{
    /// <summary>Refuses a number that is none of the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static void Require<TEnum>(TEnum value, string name)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"There is no such {typeof(TEnum).Name}.");
        }
    }
}

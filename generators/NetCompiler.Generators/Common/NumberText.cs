using System.Globalization;
using System.Numerics;

namespace NetCompiler.Generators;

/// <summary>
/// Numbers as C# text that reads back to the same bits on every host: hosts differ in ToString, so the shortest decimal is found by
/// integer arithmetic (Steele and White 1990, in its simple form).
/// </summary>
internal static class NumberText
{
    private const int FractionBits = 52;
    private const int LargestPrecision = 17;

    private static readonly string[] Small = [.. Enumerable.Range(0, 4096).Select(value => value.ToString(CultureInfo.InvariantCulture))];

    public static string Integer(long value) => value >= 0 && value < Small.Length ? Small[value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of type double.</summary>
    public static string Real(double value)
    {
        if (double.IsNaN(value))
        {
            return "double.NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        string sign = bits < 0 ? "-" : "";
        int exponent = (int)((bits >> FractionBits) & 0x7FF);
        long fraction = bits & ((1L << FractionBits) - 1);
        if (exponent == 0 && fraction == 0)
        {
            return sign + "0d";
        }

        long mantissa = exponent == 0 ? fraction : fraction | (1L << FractionBits);
        return sign + Shortest(mantissa, Math.Max(exponent, 1) - 1075, fraction == 0 && exponent > 1) + "d";
    }

    /// <summary>A literal of type float: the nearest one.</summary>
    public static string Single(double value) => float.IsNaN((float)value) ? "float.NaN" : "(float)" + Real((float)value);

    // value = mantissa * 2^power. Everything is put over one denominator, so that all comparisons are of integers.
    private static string Shortest(long mantissa, int power, bool isPowerOfTwo)
    {
        BigInteger numerator = new BigInteger(mantissa) * 4, denominator = 4, above = 2, below = isPowerOfTwo ? 1 : 2;
        BigInteger scale = BigInteger.Pow(2, Math.Abs(power));
        if (power >= 0)
        {
            (numerator, above, below) = (numerator * scale, above * scale, below * scale);
        }
        else
        {
            denominator *= scale;
        }

        // The decimal exponent: 10^(point - 1) <= value < 10^point.
        int point = 0;
        while (numerator >= denominator)
        {
            denominator *= 10;
            point++;
        }

        while (numerator * 10 < denominator)
        {
            (numerator, above, below) = (numerator * 10, above * 10, below * 10);
            point--;
        }

        for (int precision = 1; precision <= LargestPrecision; precision++)
        {
            BigInteger unit = BigInteger.Pow(10, precision);
            BigInteger digits = ((numerator * unit * 2) + denominator) / (denominator * 2);
            BigInteger error = (digits * denominator) - (numerator * unit);
            if (error < above * unit && -error < below * unit)
            {
                return Place(digits.ToString(CultureInfo.InvariantCulture), digits == unit ? point + 1 : point);
            }
        }

        throw new InvalidOperationException("Seventeen digits always tell two doubles apart.");
    }

    // digits stand for 0.digits * 10^point.
    private static string Place(string digits, int point)
    {
        digits = digits.TrimEnd('0');
        if (point is > 0 and <= 15)
        {
            return digits.Length <= point ? digits.PadRight(point, '0') : digits.Substring(0, point) + "." + digits.Substring(point);
        }

        if (point is > -5 and <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        return (digits.Length == 1 ? digits : digits.Substring(0, 1) + "." + digits.Substring(1)) + "e" + Integer(point - 1);
    }
}

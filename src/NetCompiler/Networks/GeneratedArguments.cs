using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Checks of columns, tokens and staging indices at the entry of generated members.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratedArguments
{
    /// <summary>Asks for tokens from 0 to <paramref name="vocabulary"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One lies outside; the message names its position and value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RequireTokens(ReadOnlySpan<int> tokens, int vocabulary, string argument)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)vocabulary)
            {
                ThrowToken(tokens[i], i, vocabulary, argument);
            }
        }
    }

    /// <summary>Asks for at most as many samples as a training was planned for, where spans are given.</summary>
    /// <exception cref="ArgumentException">There are more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireBatch(int samples, int batchSize, string argument)
    {
        if (samples > batchSize)
        {
            ThrowBatch(samples, batchSize, argument);
        }
    }

    /// <summary>Whether loading may leave weights as they are, so that they need first values.</summary>
    public static bool AllowsMissing(WeightLoadOptions? options) => options is { AllowMissing: true };

    /// <summary>The floats of a column of <c>Predict(columns)</c>.</summary>
    /// <exception cref="ArgumentException">The column holds integers.</exception>
    public static ReadOnlySpan<float> Floats(Column column, string input) =>
        !column.IsInteger ? column.Floats.Span : throw new ArgumentException($"{input} is a column of integers, but needs floats.", input);

    /// <summary>The integers of a column of <c>Predict(columns)</c>.</summary>
    /// <exception cref="ArgumentException">The column holds floats.</exception>
    public static ReadOnlySpan<int> Tokens(Column column, string input) =>
        column.IsInteger ? column.Integers.Span : throw new ArgumentException($"{input} is a column of floats, but needs integers: tokens.", input);

    /// <summary>Asks for one column per input and one memory per output.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void RequireColumns(int actual, int expected, string argument, string names)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{argument} has {actual} entries, but needs {expected}: {names}.", argument);
        }
    }

    /// <summary>The error of an index that is no column of the kind asked for.</summary>
    /// <param name="index">The index.</param>
    /// <param name="kind">What was asked for: float input, token input, float target, class target, output.</param>
    /// <param name="columns">All inputs, targets or outputs with their kinds.</param>
    public static ArgumentOutOfRangeException NoColumn(int index, string kind, string columns) =>
        new("i", index, $"There is no {kind} {index}. In order: {(columns.Length == 0 ? "none" : columns)}.");

    /// <summary>The error of a call that needs a loss.</summary>
    public static InvalidOperationException NoLoss(string network) =>
        new($"{network} has no loss: train it through Forward and Backward, or declare a [Loss].");

    /// <summary>The error of a Backward that has nothing to differentiate.</summary>
    public static InvalidOperationException NoForward(string network) =>
        new($"Backward of {network} differentiates the most recent Forward, but there is none, or Step, ComputeGradients or ComputeLoss has used the buffers since.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowBatch(int samples, int batchSize, string argument) =>
        throw new ArgumentException($"{argument} has {samples} samples, but this training was planned for at most {batchSize}.", argument);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowToken(int value, int position, int vocabulary, string argument) =>
        throw new ArgumentOutOfRangeException(argument, value, $"{argument}[{position}] is {value}, but tokens go from 0 to {vocabulary - 1}.");
}

namespace NetCompiler;

/// <summary>
/// An optimizer's step on several threads, each with a slice of the parameters: the same ones in every step, and those whose gradients it has just computed. Threads that
/// have shared the gradients share the step: alone, one of them would draw the others' half into its caches, and the next step would draw it back.
/// </summary>
/// <param name="gradients">The gradients.</param>
/// <param name="starts">Where ranges begin of which every thread has a slice: the panels of weights whose rows threads share. What lies before the first is one range more.</param>
internal sealed class UpdateWork(WeightArena gradients, int[] starts) : WorkItem
{
    // Some 2 us of Adam.
    private const int ParametersPerPart = 16_384;

    private readonly ThreadChoice _choice = new();
    private OptimizerState? _optimizer;
    private WeightArena? _parameters;

    /// <summary>Makes the step if it is worth two threads; otherwise returns false.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="threads">The number of threads at most.</param>
    /// <param name="wereGradientsShared">Whether threads have shared the gradients, or null where those were no choice.</param>
    public bool Run(OptimizerState optimizer, WeightArena parameters, int threads, bool? wereGradientsShared)
    {
        int parts = Math.Min(threads, parameters.Length / ParametersPerPart);
        if (parts < 2)
        {
            return false;
        }

        bool isShared = wereGradientsShared ?? _choice.Begin(parameters.Length);
        if (isShared)
        {
            (_optimizer, _parameters) = (optimizer, parameters);
            optimizer.BeginStep(gradients.Span);
            Workers.Run(this, parts);
            (_optimizer, _parameters) = (null, null);
        }
        else
        {
            optimizer.Update(parameters.Span, gradients.Span);
        }

        if (wereGradientsShared is null)
        {
            _choice.End();
        }

        return true;
    }

    public override void Execute(int part, int parts)
    {
        int begin = 0;
        for (int range = 0; range <= starts.Length; range++)
        {
            int end = range < starts.Length ? starts[range] : gradients.Length;
            int first = Bound(begin, end, part, parts), length = Bound(begin, end, part + 1, parts) - first;
            if (length > 0)
            {
                _optimizer!.UpdateRange(first, _parameters!.Span.Slice(first, length), gradients.Span.Slice(first, length));
            }

            begin = end;
        }
    }

    // On a cache line, so that no two threads write to one.
    private static int Bound(int begin, int end, int part, int parts) => part == parts ? end : begin + (int)((long)(end - begin) * part / parts / 16 * 16);
}

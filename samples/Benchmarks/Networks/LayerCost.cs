namespace Benchmarks.Networks;

/// <summary>A layer with weights as the operation counts see it: a matrix, multiplied with as many rows per sample as there are places.</summary>
/// <param name="Inputs">The numbers that one output is a sum over: a window's values, or all inputs of a dense layer.</param>
/// <param name="Outputs">The outputs of one place.</param>
/// <param name="Places">The pixels that reach the output, or 1. What a pool leaves out is not counted.</param>
/// <param name="Steps">How often one sample reads the weights: the steps of a recurrence, each of which waits for the last, or 1.</param>
internal readonly record struct LayerCost(int Inputs, int Outputs, int Places = 1, int Steps = 1)
{
    /// <summary>The multiply-adds of one sample.</summary>
    public long Products => (long)Inputs * Outputs * Places * Steps;

    /// <summary>The bytes of weights.</summary>
    public long Bytes => sizeof(float) * (Inputs + 1L) * Outputs;
}

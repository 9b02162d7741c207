namespace NetCompiler;

/// <summary>The steps of an output that count: metrics leave padding out, as losses do.</summary>
internal sealed class PaddedSteps
{
    private readonly (int Input, int Padding)[] _inputs;
    private readonly int _steps;
    private readonly int _outputLength;
    private readonly int _targetLength;
    private float[] _outputs = [];
    private float[] _targets = [];
    private int[] _classes = [];

    private PaddedSteps((int Input, int Padding)[] inputs, int steps, int outputLength, int targetLength)
    {
        _inputs = inputs;
        _steps = steps;
        _outputLength = outputLength;
        _targetLength = targetLength;
    }

    /// <summary>What an output's padding means for a target; null where all steps count.</summary>
    public static PaddedSteps? Of(NetworkDescription network, OutputDescription output, TargetDescription target)
    {
        if (output.PaddedInputs.Count == 0 || target.Length % output.Shape[0] != 0)
        {
            return null;
        }

        int steps = output.Shape[0];
        return new PaddedSteps([.. output.PaddedInputs.Select(input => (input, network.Inputs[input].Padding))], steps, output.Length / steps, target.Length / steps);
    }

    /// <summary>The rows of a batch that count, in memory that the next call overwrites.</summary>
    public MetricBatch Keep(ITraining training, int count, in MetricBatch batch)
    {
        int rows = count * _steps, kept = 0;
        Resize(ref _outputs, rows * _outputLength);
        Resize(ref _classes, batch.HasClasses ? rows * _targetLength : 0);
        Resize(ref _targets, batch.HasClasses ? 0 : rows * _targetLength);
        for (int row = 0; row < rows; row++)
        {
            if (!Counts(training, row))
            {
                continue;
            }

            batch.Outputs.Slice(row * _outputLength, _outputLength).CopyTo(_outputs.AsSpan(kept * _outputLength));
            if (batch.HasClasses)
            {
                batch.Classes.Slice(row * _targetLength, _targetLength).CopyTo(_classes.AsSpan(kept * _targetLength));
            }
            else
            {
                batch.Targets.Slice(row * _targetLength, _targetLength).CopyTo(_targets.AsSpan(kept * _targetLength));
            }

            kept++;
        }

        ReadOnlySpan<float> outputs = _outputs.AsSpan(0, kept * _outputLength);
        return batch.HasClasses
            ? new MetricBatch(outputs, _classes.AsSpan(0, kept * _targetLength), batch.Width)
            : new MetricBatch(outputs, _targets.AsSpan(0, kept * _targetLength), batch.Width);
    }

    private bool Counts(ITraining training, int row)
    {
        foreach ((int input, int padding) in _inputs)
        {
            if (training.TokenInput(input)[row] == padding)
            {
                return false;
            }
        }

        return true;
    }

    private static void Resize<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }
}

namespace NetCompiler;

/// <summary>Samples in memory of their own: those read ahead, those of a shuffle's buffer, those of a cache.</summary>
internal sealed class SampleBuffer : SampleStage
{
    private readonly SampleSchema _schema;
    private readonly float[][] _floatInputs;
    private readonly int[][] _tokenInputs;
    private readonly float[][] _floatTargets;
    private readonly int[][] _classTargets;
    private float[] _weights;
    private int[] _positions;

    /// <summary>Makes room for a number of samples.</summary>
    public SampleBuffer(SampleSchema schema, int capacity)
    {
        _schema = schema;
        _floatInputs = [.. schema.Inputs.ToArray().Select(column => new float[column.IsInteger ? 0 : checked(column.Length * capacity)])];
        _tokenInputs = [.. schema.Inputs.ToArray().Select(column => new int[column.IsInteger ? checked(column.Length * capacity) : 0])];
        _floatTargets = [.. schema.Targets.ToArray().Select(column => new float[column.IsInteger ? 0 : checked(column.Length * capacity)])];
        _classTargets = [.. schema.Targets.ToArray().Select(column => new int[column.IsInteger ? checked(column.Length * capacity) : 0])];
        _weights = new float[capacity];
        _positions = new int[capacity];
    }

    /// <summary>The number of samples that there is room for.</summary>
    public int Capacity => _weights.Length;

    public override Span<float> Weights => _weights;

    public override Span<int> Positions => _positions;

    public override Span<float> FloatInput(int i) => _floatInputs[i];

    public override Span<int> TokenInput(int i) => _tokenInputs[i];

    public override Span<float> FloatTarget(int i) => _floatTargets[i];

    public override Span<int> ClassTarget(int i) => _classTargets[i];

    /// <summary>Makes room for another number of samples, keeping those that are there.</summary>
    /// <exception cref="OverflowException">A column would have more values than an array holds.</exception>
    public void Resize(int capacity)
    {
        for (int c = 0; c < _floatInputs.Length; c++)
        {
            Resize(_schema.Inputs[c], ref _floatInputs[c], ref _tokenInputs[c], capacity);
        }

        for (int c = 0; c < _floatTargets.Length; c++)
        {
            Resize(_schema.Targets[c], ref _floatTargets[c], ref _classTargets[c], capacity);
        }

        Array.Resize(ref _weights, capacity);
        Array.Resize(ref _positions, capacity);
    }

    /// <summary>Copies neighbouring samples. Allocates nothing.</summary>
    public void CopyTo(SampleStage stage, int from, int at, int count)
    {
        for (int c = 0; c < _floatInputs.Length; c++)
        {
            int length = _schema.Inputs[c].Length;
            if (_schema.Inputs[c].IsInteger)
            {
                _tokenInputs[c].AsSpan(from * length, count * length).CopyTo(stage.TokenInput(c)[(at * length)..]);
            }
            else
            {
                _floatInputs[c].AsSpan(from * length, count * length).CopyTo(stage.FloatInput(c)[(at * length)..]);
            }
        }

        for (int c = 0; c < _floatTargets.Length; c++)
        {
            int length = _schema.Targets[c].Length;
            if (_schema.Targets[c].IsInteger)
            {
                _classTargets[c].AsSpan(from * length, count * length).CopyTo(stage.ClassTarget(c)[(at * length)..]);
            }
            else
            {
                _floatTargets[c].AsSpan(from * length, count * length).CopyTo(stage.FloatTarget(c)[(at * length)..]);
            }
        }

        _weights.AsSpan(from, count).CopyTo(stage.Weights[at..]);
        _positions.AsSpan(from, count).CopyTo(stage.Positions[at..]);
    }

    /// <summary>The inputs as columns, over the whole capacity; they are these arrays, until the next <see cref="Resize(int)"/>.</summary>
    public Column[] InputColumns() => [.. _schema.Inputs.ToArray().Select((column, c) => column.IsInteger ? (Column)_tokenInputs[c] : _floatInputs[c])];

    /// <summary>The columns as the data of a data set.</summary>
    public (DataColumn[] Inputs, DataColumn[] Targets) ToColumns() =>
    (
        [.. _schema.Inputs.ToArray().Select((column, c) => new DataColumn(column, column.IsInteger ? _tokenInputs[c] : _floatInputs[c]))],
        [.. _schema.Targets.ToArray().Select((column, c) => new DataColumn(column, column.IsInteger ? _classTargets[c] : _floatTargets[c]))]
    );

    private static void Resize(SampleColumn column, ref float[] floats, ref int[] integers, int capacity)
    {
        if (column.IsInteger)
        {
            Array.Resize(ref integers, checked(capacity * column.Length));
        }
        else
        {
            Array.Resize(ref floats, checked(capacity * column.Length));
        }
    }
}

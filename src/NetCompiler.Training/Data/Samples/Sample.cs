namespace NetCompiler;

/// <summary>One sample while it is read: the place that a function of the user's writes or changes.</summary>
public readonly ref struct Sample
{
    private readonly SampleSchema _schema;
    private readonly SampleStage _stage;
    private readonly int _at;

    internal Sample(SampleSchema schema, SampleStage stage, int at, int position, int epoch)
    {
        _schema = schema;
        _stage = stage;
        _at = at;
        Position = position;
        Epoch = epoch;
    }

    /// <summary>The number of the sample in its data set, counted from 0.</summary>
    public int Position { get; }

    /// <summary>The epoch that reads it, counted from 0: for what changes from epoch to epoch.</summary>
    public int Epoch { get; }

    /// <summary>The factor of the sample's loss, 1 until written.</summary>
    public ref float Weight => ref _stage.Weights[_at];

    /// <summary>The values of a float input; i counts all inputs.</summary>
    /// <exception cref="ArgumentException">There is no such input, or it holds tokens.</exception>
    public Span<float> FloatInput(int i = 0) => Slice(_stage.FloatInput(Require(_schema.Inputs, "input", i, isInteger: false)), _schema.Inputs[i]);

    /// <summary>The tokens of a token input; i counts all inputs.</summary>
    /// <exception cref="ArgumentException">There is no such input, or it holds floats.</exception>
    public Span<int> TokenInput(int i = 0) => Slice(_stage.TokenInput(Require(_schema.Inputs, "input", i, isInteger: true)), _schema.Inputs[i]);

    /// <summary>The values of a float target; i counts all targets.</summary>
    /// <exception cref="ArgumentException">There is no such target, or it holds classes.</exception>
    public Span<float> FloatTarget(int i = 0) => Slice(_stage.FloatTarget(Require(_schema.Targets, "target", i, isInteger: false)), _schema.Targets[i]);

    /// <summary>The classes of a target; i counts all targets.</summary>
    /// <exception cref="ArgumentException">There is no such target, or it holds floats.</exception>
    public Span<int> ClassTarget(int i = 0) => Slice(_stage.ClassTarget(Require(_schema.Targets, "target", i, isInteger: true)), _schema.Targets[i]);

    /// <summary>The class that the first target says: its index, the place of the largest of several values, or whether one value is above 0.5.</summary>
    internal int Class
    {
        get
        {
            SampleColumn target = _schema.Targets[0];
            return target.IsInteger ? ClassTarget()[0]
                : target.Length == 1 ? (FloatTarget()[0] > 0.5f ? 1 : 0)
                : MetricBatch.LargestOf(FloatTarget());
        }
    }

    /// <summary>Writes zeros, and the weight 1: what a new sample starts with.</summary>
    internal void Clear()
    {
        for (int i = 0; i < _schema.Inputs.Length; i++)
        {
            if (_schema.Inputs[i].IsInteger)
            {
                TokenInput(i).Clear();
            }
            else
            {
                FloatInput(i).Clear();
            }
        }

        for (int i = 0; i < _schema.Targets.Length; i++)
        {
            if (_schema.Targets[i].IsInteger)
            {
                ClassTarget(i).Clear();
            }
            else
            {
                FloatTarget(i).Clear();
            }
        }

        Weight = 1;
        _stage.Positions[_at] = Position;
    }

    /// <summary>Refuses values that a network could not take.</summary>
    internal void Check() => _schema.Check(_stage, _at, Position);

    private Span<T> Slice<T>(Span<T> column, SampleColumn shape) => column.Slice(_at * shape.Length, shape.Length);

    private static int Require(ReadOnlySpan<SampleColumn> columns, string role, int i, bool isInteger)
    {
        if ((uint)i >= (uint)columns.Length)
        {
            throw new ArgumentException($"There is no {role} {i}; the network has {columns.Length}, counted from 0.");
        }

        return columns[i].IsInteger == isInteger
            ? i
            : throw new ArgumentException($"The {columns[i].Title} holds {(columns[i].IsInteger ? "integers" : "floats")}, not {(isInteger ? "integers" : "floats")}.");
    }
}

/// <summary>Changes a sample in place.</summary>
/// <param name="sample">The sample; valid during the call.</param>
public delegate void SampleFunction(Sample sample);

/// <summary>Writes a sample that starts with zeros.</summary>
/// <typeparam name="TItem">What the sample is made of.</typeparam>
/// <param name="item">What the sample is made of.</param>
/// <param name="sample">The sample; valid during the call.</param>
public delegate void SampleWriter<in TItem>(TItem item, Sample sample);

/// <summary>Writes a sample from the bytes of its record.</summary>
/// <param name="record">The bytes; valid during the call.</param>
/// <param name="sample">The sample, zeros until written; valid during the call.</param>
public delegate void RecordDecoder(ReadOnlySpan<byte> record, Sample sample);

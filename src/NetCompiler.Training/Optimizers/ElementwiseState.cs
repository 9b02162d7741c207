using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// The state of an optimizer whose update of an element depends on that element alone. Follows the frozen and no-decay ranges of its
/// training as they were at <see cref="BeginStep"/>. What every step calls is compiled with optimisation at once, which costs less than compiling each
/// property and conversion in it by itself.
/// </summary>
/// <typeparam name="TFormula">The formula of one step, with the step's numbers.</typeparam>
/// <typeparam name="TLanes">The widest vectors of the machine.</typeparam>
internal abstract class ElementwiseState<TFormula, TLanes> : OptimizerState, IOptimizerSettings
    where TFormula : struct, IUpdateFormula<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>
    /// After so many steps what a slot holds below 1e-30 becomes zero: a moment that decays for ever would end as a denormal, on which every later operation is many times slower. One that keeps
    /// six tenths of itself or more in each step gets nowhere near one in between.
    /// </summary>
    private const int FlushedSteps = 32;

    private readonly ITraining _training;
    private readonly Optimizer _settings;
    private readonly WeightArena[] _slots;
    private readonly Memory<float>[] _slotMemories;
    private readonly int _length;
    private ParameterRange[] _ranges;
    private int _rangeCount;
    private TFormula _decaying;
    private TFormula _plain;
    private float _scale;
    private float _limit;
    private double _learningRate;
    private long _steps;
    private bool _hasBegun;

    /// <summary>Allocates slots of zeros, as long as the training's parameters.</summary>
    protected ElementwiseState(ITraining training, Optimizer settings, float initialValue = 0)
    {
        ArgumentNullException.ThrowIfNull(training);
        _training = training;
        _settings = settings;
        _length = training.Parameters.Length;
        _learningRate = settings.LearningRate;
        _slots = new WeightArena[TFormula.SlotCount];
        _slotMemories = new Memory<float>[TFormula.SlotCount];
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            _slots[slot] = new WeightArena(_length);
            _slots[slot].Span.Fill(initialValue);
            _slotMemories[slot] = _slots[slot].Memory;
        }

        _ranges = new ParameterRange[training is IParameterRanges ranged ? Math.Max(1, ranged.ParameterRanges.Length) : 1];
    }

    /// <inheritdoc/>
    public override double LearningRate
    {
        get => _learningRate;
        set => _learningRate = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(LearningRate)} must be a finite number of at least 0.");
    }

    /// <inheritdoc/>
    public override long Steps
    {
        get => _steps;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _steps = value;
        }
    }

    Optimizer IOptimizerSettings.Settings => _settings;

    /// <inheritdoc/>
    public override IReadOnlyList<Memory<float>> Slots => _slotMemories;

    /// <inheritdoc/>
    public override void RequireFor(ITraining training)
    {
        RequireTraining();
        if (!ReferenceEquals(training.Network, _training.Network))
        {
            string own = _training.Network.Description.Name, other = training.Network.Description.Name;
            throw new ArgumentException($"The optimizer's state was made for a training of {(own == other ? "another instance of " : "")}{own}, but this one trains {other}: make one by CreateState(training).", "optimizer");
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BeginStep(ReadOnlySpan<float> gradients)
    {
        if (gradients.Length != _length)
        {
            throw new ArgumentException($"The gradient has {gradients.Length} values, but the training's parameters have {_length}.", nameof(gradients));
        }

        RequireTraining();
        ReadRanges();
        _steps++;
        _plain = CreateFormula(_learningRate, _steps, decays: false);
        _decaying = HasDecay ? CreateFormula(_learningRate, _steps, decays: true) : _plain;
        _limit = _settings.ClipValue is double limit ? (float)limit : float.PositiveInfinity;
        _scale = 1;
        if (_settings.ClipNorm is double largest)
        {
            double norm = Math.Sqrt(SumOfSquares(gradients));
            _scale = norm > largest ? (float)(largest / norm) : 1;
        }

        _hasBegun = true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void UpdateRange(int offset, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        CheckSlice(offset, parameters.Length, gradients.Length);
        RequireTraining();
        int end = offset + parameters.Length;
        for (int r = 0; r < _rangeCount; r++)
        {
            ref readonly ParameterRange range = ref _ranges[r];
            int from = Math.Max(offset, range.Offset), to = Math.Min(end, range.Offset + range.Length);
            if (from < to && !range.IsFrozen)
            {
                int start = from - offset, count = to - from;
                Span<float> first = SlotOf(0, from, count), second = SlotOf(1, from, count);
                UpdateLoop.Run<TFormula, TLanes>(
                    in range.Decays ? ref _decaying : ref _plain,
                    _scale,
                    _limit,
                    parameters.Slice(start, count),
                    gradients.Slice(start, count),
                    first,
                    second);
                if (_steps % FlushedSteps == 0)
                {
                    UpdateLoop.Flush<TLanes>(first);
                    UpdateLoop.Flush<TLanes>(second);
                }
            }
        }

        // Reading the property tells the network that data derived from its weights is stale.
        _ = _training.Parameters;
    }

    /// <summary>Whether the formula differs where weights decay.</summary>
    protected virtual bool HasDecay => false;

    /// <summary>The formula of step <paramref name="step"/>, counted from 1, with or without weight decay.</summary>
    protected abstract TFormula CreateFormula(double learningRate, long step, bool decays);

    private Span<float> SlotOf(int slot, int from, int count) => TFormula.SlotCount > slot ? _slots[slot].Span.Slice(from, count) : default;

    private void CheckSlice(int offset, int length, int gradientLength)
    {
        if (length != gradientLength)
        {
            throw new ArgumentException($"The slice of the gradients has {gradientLength} values, that of the parameters {length}.");
        }

        if (offset < 0 || offset > _length - length)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"A slice of {length} values at {offset} leaves the {_length} parameters.");
        }

        if (!_hasBegun)
        {
            ThrowNotBegun();
        }
    }

    [DoesNotReturn]
    private static void ThrowNotBegun() => throw new InvalidOperationException($"{nameof(UpdateRange)} needs a {nameof(BeginStep)} before it.");

    /// <summary>Throws where the training was disposed, before anything is counted or changed.</summary>
    private void RequireTraining() => _ = _training.Parameters;

    /// <summary>Copies the ranges, neighbours of one kind joined so that small weights share a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadRanges()
    {
        if (_training is not IParameterRanges ranged)
        {
            _ranges[0] = new ParameterRange(0, _length, IsFrozen: false, Decays: true);
            _rangeCount = 1;
            return;
        }

        ReadOnlySpan<ParameterRange> ranges = ranged.ParameterRanges;
        if (_ranges.Length < ranges.Length)
        {
            _ranges = new ParameterRange[ranges.Length];
        }

        int count = 0;
        foreach (ParameterRange range in ranges)
        {
            if (count > 0 && _ranges[count - 1] is var last && last.Offset + last.Length == range.Offset && last.IsFrozen == range.IsFrozen && last.Decays == range.Decays)
            {
                _ranges[count - 1] = last with { Length = last.Length + range.Length };
            }
            else
            {
                _ranges[count++] = range;
            }
        }

        _rangeCount = count;
    }

    private double SumOfSquares(ReadOnlySpan<float> gradients)
    {
        double sum = 0;
        for (int r = 0; r < _rangeCount; r++)
        {
            ref readonly ParameterRange range = ref _ranges[r];
            if (!range.IsFrozen)
            {
                sum += GradientNorm.SumOfSquares<TLanes>(gradients.Slice(range.Offset, range.Length));
            }
        }

        return sum;
    }
}

using System.Runtime.CompilerServices;
using Xunit;

namespace NetCompiler.Tests.Training.Optimizers;

[Trait("Category", "Numeric")]
public sealed class OptimizerStateTests
{
    private const int Length = 133;

    public static TheoryData<Optimizer> Optimizers => new()
    {
        new Sgd(0.1), new Sgd(0.1, 0.9), new Sgd(0.1, 0.9, nesterov: true), new RmsProp(), new RmsProp(momentum: 0.5), new Adagrad(),
        new Adam(), new AdamW(), new Nadam(), new Lion(), new Adam { ClipNorm = 0.5, ClipValue = 0.01 },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AnySlicing_GivesTheSameBits(Optimizer optimizer)
    {
        float[] whole = Run(optimizer, Length), byOne = Run(optimizer, 1), byThirteen = Run(optimizer, 13), byForty = Run(optimizer, 40);
        Assert.Equal(whole, byOne);
        Assert.Equal(whole, byThirteen);
        Assert.Equal(whole, byForty);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void FrozenRange_KeepsWeightsAndSlots(Optimizer optimizer)
    {
        using BareTraining training = new(Length, new ParameterRange(0, 40, false, true), new ParameterRange(40, 50, true, true), new ParameterRange(90, 43, false, false));
        OptimizerState state = optimizer.CreateState(training);
        float[] parameters = Fill(1), before = Fill(1);
        float[][] slotsBefore = [.. state.Slots.Select(slot => slot.ToArray())];
        state.Update(parameters, Fill(2));
        Assert.Equal(before[40..90], parameters[40..90]);
        Assert.DoesNotContain(true, Enumerable.Range(0, 40).Select(i => before[i] == parameters[i]));
        for (int slot = 0; slot < state.Slots.Count; slot++)
        {
            Assert.Equal(slotsBefore[slot][40..90], state.Slots[slot].Span[40..90].ToArray());
        }

        // Frozen as of BeginStep: unfreezing takes effect with the next one.
        training.Ranges[1] = training.Ranges[1] with { IsFrozen = false };
        state.UpdateRange(0, parameters, Fill(2));
        Assert.Equal(before[40..90], parameters[40..90]);
        state.Update(parameters, Fill(2));
        Assert.NotEqual(before[40..90], parameters[40..90]);
    }

    [Fact]
    public void ClipNorm_IgnoresFrozenRanges()
    {
        using BareTraining training = new(4, new ParameterRange(0, 2, false, true), new ParameterRange(2, 2, true, true));
        OptimizerState state = new Sgd(1) { ClipNorm = 5 }.CreateState(training);
        float[] parameters = new float[4];
        state.Update(parameters, [3, 4, 1000, 1000]);
        Assert.Equal([-3f, -4f, 0f, 0f], parameters);
    }

    [Fact]
    public void ClipNorm_SurvivesSquaresPastTheLargestFloat()
    {
        using BareTraining training = new(2);
        OptimizerState state = new Sgd(1) { ClipNorm = 5 }.CreateState(training);
        float[] parameters = new float[2];
        state.Update(parameters, [3e25f, 4e25f]);
        Assert.Equal(-3, parameters[0], 1e-5);
        Assert.Equal(-4, parameters[1], 1e-5);
    }

    [Fact]
    public void WeightDecay_SkipsRangesThatDoNotDecay()
    {
        using BareTraining training = new(2, new ParameterRange(0, 1, false, true), new ParameterRange(1, 1, false, false));
        OptimizerState state = new AdamW(0.1, weightDecay: 0.5).CreateState(training);
        float[] parameters = [1, 1];
        state.Update(parameters, [0, 0]);
        Assert.Equal(0.95f, parameters[0], 1e-6f);
        Assert.Equal(1f, parameters[1]);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void NaNInTheGradient_StaysVisible(Optimizer optimizer)
    {
        using BareTraining training = new(1);
        OptimizerState state = optimizer.CreateState(training);
        float[] parameters = [1];
        state.Update(parameters, [float.NaN]);
        Assert.True(float.IsNaN(parameters[0]));
    }

    [Fact]
    public void DeadUnit_NeverHoldsDenormals()
    {
        using BareTraining training = new(1);
        OptimizerState state = new Adam().CreateState(training);
        float[] parameters = [1];
        state.Update(parameters, [1e-10f]);
        for (int step = 0; step < 2000; step++)
        {
            state.Update(parameters, [0]);
            Assert.False(float.IsSubnormal(state.Slots[0].Span[0]) || float.IsSubnormal(state.Slots[1].Span[0]), $"step {step}");
        }

        Assert.Equal(0f, state.Slots[0].Span[0]);
    }

    [Fact]
    public void Update_AllocatesNothingAndMarksTheNetwork()
    {
        using BareTraining training = new(Length, new ParameterRange(0, 50, false, true), new ParameterRange(50, 83, false, false));
        OptimizerState state = new Adam { ClipNorm = 1 }.CreateState(training);
        float[] parameters = Fill(1), gradients = Fill(2);
        state.Update(parameters, gradients);
        int reads = training.Reads;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 100; step++)
        {
            state.Update(parameters, gradients);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(training.Reads >= reads + 100);
    }

    [Fact]
    public void WrongLengths_AreNamedAndChangeNothing()
    {
        using BareTraining training = new(4);
        OptimizerState state = new Adam().CreateState(training);
        Assert.Contains("has 3 values, but the training's parameters have 4", Assert.Throws<ArgumentException>(() => state.BeginStep(new float[3])).Message);
        Assert.Equal(0, state.Steps);
        Assert.Throws<InvalidOperationException>(() => state.UpdateRange(0, new float[4], new float[4]));
        state.BeginStep(new float[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.UpdateRange(2, new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => state.UpdateRange(0, new float[3], new float[2]));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void DisposedTraining_ChangesNothing(Optimizer optimizer)
    {
        BareTraining training = new(Length);
        OptimizerState state = optimizer.CreateState(training);
        float[] parameters = Fill(1), gradients = Fill(2);
        state.BeginStep(gradients);
        float[][] slotsBefore = [.. state.Slots.Select(slot => slot.ToArray())];
        training.Dispose();
        Assert.Throws<ObjectDisposedException>(() => state.UpdateRange(0, parameters, gradients));
        Assert.Throws<ObjectDisposedException>(() => state.BeginStep(gradients));
        Assert.Equal(Fill(1), parameters);
        Assert.Equal(slotsBefore, state.Slots.Select(slot => slot.ToArray()));
        Assert.Equal(1, state.Steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-60)]
    [InlineData(double.NaN)]
    [InlineData(1e60)]
    public void Epsilon_IsRefusedWhereItWouldDivideByZero(double epsilon)
    {
        Func<Optimizer>[] makers = [() => new Adam(epsilon: epsilon), () => new AdamW(epsilon: epsilon), () => new Nadam(epsilon: epsilon), () => new RmsProp(epsilon: epsilon)];
        foreach (Func<Optimizer> make in makers)
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => make());
            Assert.Equal("Epsilon", exception.ParamName);
            Assert.Contains("Epsilon must be a finite number above 0", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AdagradWithoutEpsilon_NeedsAnAccumulator()
    {
        using BareTraining training = new(1);
        Assert.Contains("Epsilon must be a finite number above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(initialAccumulatorValue: 0, epsilon: 0)).Message, StringComparison.Ordinal);
        Adagrad changed = new Adagrad() with { Epsilon = 0, InitialAccumulatorValue = 0 };
        Assert.Throws<ArgumentOutOfRangeException>(() => changed.CreateState(training));
        float[] parameters = [1];
        new Adagrad(epsilon: 0).CreateState(training).Update(parameters, [0]);
        Assert.Equal(1f, parameters[0]);
    }

    [Fact]
    public void BadSettings_AreRefusedByName()
    {
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(double.NaN)).ParamName);
        Assert.Equal("Beta1", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: 1)).ParamName);
        Assert.Equal("ClipNorm", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipNorm = 0 }).ParamName);
        Assert.Equal("ClipNorm", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipNorm = 1e-50 }).ParamName);
        Assert.Equal("ClipValue", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipValue = 1e-50 }).ParamName);
        Assert.Equal(new Adam(0.1), new Adam(0.1));
    }

    private static float[] Run(Optimizer optimizer, int slice)
    {
        using BareTraining training = new(Length);
        OptimizerState state = optimizer.CreateState(training);
        float[] parameters = Fill(1);
        for (int step = 0; step < 5; step++)
        {
            float[] gradients = Fill(10 + step);
            state.BeginStep(gradients);
            for (int offset = 0; offset < Length; offset += slice)
            {
                int count = Math.Min(slice, Length - offset);
                state.UpdateRange(offset, parameters.AsSpan(offset, count), gradients.AsSpan(offset, count));
            }
        }

        return parameters;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float[] Fill(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}

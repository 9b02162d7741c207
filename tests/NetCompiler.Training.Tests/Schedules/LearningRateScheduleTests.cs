using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Schedules;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_StaysTheSame() => Equal([0.1, 0.1, 0.1], new ConstantSchedule(0.1), 0, 1, 1000);

    [Fact]
    public void Step_FallsAtEqualDistances() => Equal([1, 1, 0.5, 0.5, 0.25], new StepSchedule(1, 0.5, 10), 0, 9, 10, 19, 20);

    [Fact]
    public void Piecewise_HoldsEachValueUpToItsBoundary()
        => Equal([1, 1, 0.5, 0.5, 0.1], new PiecewiseSchedule([100, 200], [1, 0.5, 0.1]), 0, 100, 101, 200, 201);

    [Fact]
    public void Exponential_EqualsTheFunctionOfKerasGuide()
    {
        // def scheduler(epoch, lr): return lr if epoch < 10 else lr * exp(-0.1)
        ExponentialSchedule schedule = new(0.01, Math.Exp(-0.1)) { Start = 9, Unit = ScheduleUnit.WholeEpochs };
        double rate = 0.01;
        for (int epoch = 0; epoch < 20; epoch++)
        {
            rate = epoch < 10 ? rate : rate * Math.Exp(-0.1);
            Assert.Equal(rate, schedule.At(new ScheduleTime((epoch * 7) + 3, 7)), 1e-15);
        }
    }

    [Fact]
    public void Exponential_FallsSmoothlyOrInStairs()
    {
        Equal([1, Math.Sqrt(0.5), 0.5, 0.25], new ExponentialSchedule(1, 0.5, 10), 0, 5, 10, 20);
        Equal([1, 1, 0.5, 0.5, 0.25], new ExponentialSchedule(1, 0.5, 10) { Staircase = true }, 0, 9, 10, 19, 20);
    }

    [Fact]
    public void InverseTime_DividesByTime()
    {
        Equal([1, 0.8, 2 / 3.0, 0.5], new InverseTimeSchedule(1, 0.5, 10), 0, 5, 10, 20);
        Equal([1, 1, 2 / 3.0], new InverseTimeSchedule(1, 0.5, 10) { Staircase = true }, 0, 9, 10);
    }

    [Fact]
    public void Polynomial_EndsAndCycles()
    {
        Equal([1, 0.55, 0.1, 0.1], new PolynomialSchedule(1, 10, 0.1), 0, 5, 10, 20);
        Equal([1, 0.1 + (0.9 * 0.25), 0.1], new PolynomialSchedule(1, 10, 0.1, Power: 2), 0, 5, 10);

        // In the second period the descent has twice the length: 1 - 15 / 20 is left at 15.
        Equal([1, 0.1, 0.1 + (0.9 * 0.25), 0.1], new PolynomialSchedule(1, 10, 0.1) { Cycle = true }, 0, 10, 15, 20);
    }

    [Fact]
    public void Cosine_FallsToAlpha()
        => Equal([1, 0.2 + (0.8 * (1 + Math.Sqrt(0.5)) / 2), 0.6, 0.2, 0.2], new CosineSchedule(1, 100, 0.2), 0, 25, 50, 100, 500);

    [Fact]
    public void CosineRestarts_GrowLongerAndLower()
    {
        Equal([1, 0.5, 1, 0.5, 1], new CosineRestartsSchedule(1, 10), 0, 5, 10, 20, 30);
        Equal([1, 0.5, 0.8, 0.4, 0.64], new CosineRestartsSchedule(1, 10, LengthFactor: 1, RateFactor: 0.8), 0, 5, 10, 15, 20);
        Equal([1, 0.55, 1], new CosineRestartsSchedule(1, 10, Alpha: 0.1), 0, 5, 10);

        // Keras: the floor of 0.2 does not shrink with the restarts, 0.2 + 0.8 * 0.5^i (1 + cos(pi f)) / 2.
        Equal([2, 1.2, 1.2, 0.8, 0.8, 0.6], new CosineRestartsSchedule(2, 10, LengthFactor: 1, RateFactor: 0.5, Alpha: 0.2), 0, 5, 10, 15, 20, 25);
        Equal([1, 0.6, 0.4], new CosineRestartsSchedule(1, 10, RateFactor: 0.5, Alpha: 0.2), 0, 10, 20);
    }

    [Fact]
    public void OneCycle_EqualsPyTorchs()
    {
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10): the peak is in step 0.3 * 10 - 1 = 2, the end 1 / 25 / 1e4 in step 9.
        Equal([0.04, 0.52, 1, Descend(1 / 7.0), Descend(6 / 7.0), 4e-6], new OneCycleSchedule(1, 10), 0, 1, 2, 3, 8, 9);
        Equal([0.1, 0.55, 1, 0.001], new OneCycleSchedule(1, 10) { StartDivisor = 10, EndDivisor = 100, Linear = true }, 0, 1, 2, 9);
        Equal([0.04, 1, 4e-6], new OneCycleSchedule(1, 10) { RiseShare = 0.6 }, 0, 5, 9);
        static double Descend(double share) => 4e-6 + ((1 - 4e-6) * (1 + Math.Cos(Math.PI * share)) / 2);
    }

    [Fact]
    public void OneCycle_ReachesItsEndInTheLastStepInEpochsToo()
    {
        double[] rates = new OneCycleSchedule(1, 5) { Unit = ScheduleUnit.Epochs }.Sample(epochs: 5, stepsPerEpoch: 4);
        Assert.Equal(new OneCycleSchedule(1, 20).Sample(5, 4), rates.Select(rate => Math.Round(rate, 12)), (a, b) => Math.Abs(a - b) < 1e-11);
        Assert.Equal(4e-6, rates[^1], 1e-12);
    }

    [Fact]
    public void Warmup_RisesToWhatFollowsAndLeavesItWhole()
    {
        WarmupSchedule schedule = new(4, new CosineSchedule(1, 10)) { Start = 0.2 };
        Equal([0.2, 0.4, 0.8, 1, 0.5, 0], schedule, 0, 1, 3, 4, 9, 14);

        // Each in its own unit: a warm-up over 8 steps = 2 epochs, then stairs by the epoch.
        WarmupSchedule mixed = new(8, new StepSchedule(1, 0.5, 1) { Unit = ScheduleUnit.WholeEpochs });
        Assert.Equal([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5], mixed.Sample(4, 4));
    }

    [Fact]
    public void Units_CountStepsEpochsAndWholeEpochs()
    {
        double[] Times(ScheduleUnit unit) => LearningRateSchedule.From(time => time.In(unit)).Sample(2, 4);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Times(ScheduleUnit.Steps));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75], Times(ScheduleUnit.Epochs));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], Times(ScheduleUnit.WholeEpochs));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(1) { Unit = (ScheduleUnit)3 });
    }

    [Fact]
    public void FitOptionsSchedule_SetsTheRateOfEveryStep()
    {
        List<double> rates = [];
        LambdaCallback record = new(onBatchEnd: context => rates.Add(context.Optimizer.LearningRate));
        CosineSchedule schedule = new(0.1, 3) { Unit = ScheduleUnit.Epochs };
        Line scheduled = new(1), plain = new(1);
        FitOptions options = new() { Epochs = 3, BatchSize = 8, Optimizer = new Sgd(123), Callbacks = [record] };
        scheduled.Fit(FitTests.LineData(32), options with { Schedule = schedule });
        Assert.Equal(schedule.Sample(3, 4), rates);
        plain.Fit(FitTests.LineData(32), options with { Callbacks = [new LambdaCallback(onBatchBegin: context => context.Optimizer.LearningRate = schedule.At(new ScheduleTime((context.Epoch * 4) + context.Batch, 4)))] });
        Assert.Equal(plain.Values.ToArray(), scheduled.Values.ToArray());
    }

    [Fact]
    public void LearningRateScheduler_TakesFunctionsAndSchedules()
    {
        double[] Rates(LearningRateScheduler scheduler)
        {
            List<double> rates = [];
            LambdaCallback record = new(onBatchEnd: context => rates.Add(context.Optimizer.LearningRate));
            new Line(1).Fit(FitTests.LineData(16), new FitOptions { Epochs = 3, BatchSize = 8, Optimizer = new Sgd(0.1), Callbacks = [scheduler, record] });
            return [.. rates];
        }

        Assert.Equal([0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125], Rates(new LearningRateScheduler((_, rate) => rate / 2)));
        Assert.Equal([1, 1, 2, 2, 3, 3], Rates(new LearningRateScheduler(epoch => epoch + 1)));
        Assert.Equal([0, 0, 2, 2, 4, 4], Rates(new LearningRateScheduler(LearningRateSchedule.From(time => time.Step))));
        string message = Assert.Throws<InvalidOperationException>(() => Rates(new LearningRateScheduler(epoch => epoch == 1 ? double.NaN : 1))).Message;
        Assert.Contains("gives the learning rate NaN for epoch 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(1, 10, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineRestartsSchedule(1, 10, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1, 10) { RiseShare = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupSchedule(0, new ConstantSchedule(1)));
        Assert.Throws<ArgumentNullException>(() => new WarmupSchedule(1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialSchedule(1, 10, Power: 0));
        Assert.Contains("2 boundaries need 3 values, but there are 2", Assert.Throws<ArgumentException>(() => new PiecewiseSchedule([1, 2], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("boundary 1 is 1 after 2", Assert.Throws<ArgumentException>(() => new PiecewiseSchedule([2, 1], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("learning rate NaN for step 3 (epoch 1)", Assert.Throws<InvalidOperationException>(() => LearningRateSchedule.From(_ => double.NaN).At(new ScheduleTime(3, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Piecewise_IsComparedAndPrintedByItsNumbers()
    {
        static PiecewiseSchedule Make(double boundary = 100, double last = 0.1, ScheduleUnit unit = ScheduleUnit.Steps) => new([50, boundary], [1, 0.5, last]) { Unit = unit };
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.Equal(new WarmupSchedule(5, Make()), new WarmupSchedule(5, Make()));
        foreach (PiecewiseSchedule other in new[] { Make(boundary: 101), Make(last: 0.2), Make(unit: ScheduleUnit.Epochs) })
        {
            Assert.NotEqual(Make(), other);
            Assert.NotEqual(Make().GetHashCode(), other.GetHashCode());
            Assert.NotEqual(new WarmupSchedule(5, Make()), new WarmupSchedule(5, other));
            Assert.NotEqual(Make().ToString(), other.ToString());
        }

        Assert.Equal("PiecewiseSchedule { Unit = Steps, Boundaries = [50, 100], Values = [1, 0.5, 0.1] }", Make().ToString());
    }

    [Fact]
    public void ScheduleBesideACallbackThatSetsTheRate_IsRefused()
    {
        foreach (Callback callback in new Callback[] { new LearningRateScheduler(epoch => epoch), new ReduceLearningRateOnPlateau("loss") })
        {
            FitOptions options = new() { Schedule = new ConstantSchedule(1), Callbacks = [callback] };
            string message = Assert.Throws<ArgumentException>(() => new Line(1).Fit(FitTests.LineData(8), options)).Message;
            Assert.Contains($"Schedule and {callback.GetType().Name} would both set the learning rate", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TwoCallbacksThatSetTheRate_AreRefused()
    {
        FitOptions options = new() { Callbacks = [new LearningRateScheduler(epoch => epoch), new ReduceLearningRateOnPlateau("loss")] };
        string message = Assert.Throws<ArgumentException>(() => new Line(1).Fit(FitTests.LineData(8), options)).Message;
        Assert.Contains("LearningRateScheduler and ReduceLearningRateOnPlateau would both set the learning rate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plot_HoldsEverySchedule()
    {
        Plot plot = new("schedules", "epoch", "learning rate");
        new ConstantSchedule(0.1).AddTo(plot, "constant", 2, 5);
        new CosineSchedule(0.1, 10).AddTo(plot, "cosine", 2, 5);
        string svg = plot.ToSvg();
        Assert.Contains("constant", svg, StringComparison.Ordinal);
        Assert.Contains("cosine", svg, StringComparison.Ordinal);
        Assert.Contains("CosineSchedule", new CosineSchedule(0.1, 10).ToString(), StringComparison.Ordinal);
        Assert.Contains("<svg", new CosineSchedule(0.1, 10).ToPlot(2, 5).ToSvg(), StringComparison.Ordinal);
    }

    private static void Equal(double[] expected, LearningRateSchedule schedule, params long[] steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            Assert.Equal(expected[i], schedule.At(new ScheduleTime(steps[i], 10)), 1e-12);
        }

        Assert.Equal(expected.Length, steps.Length);
    }
}

using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class ReduceLearningRateOnPlateauTests
{
    [Fact]
    public void Patience_IsWaitedForBeforeEveryReduction()
        => Equal([1, 1, 1, 0.5, 0.5, 0.25], Rates(new ReduceLearningRateOnPlateau("score", factor: 0.5, patience: 2), 1, 1, 1, 1, 1, 1));

    [Fact]
    public void Improvement_EndsTheWaiting()
        => Equal([1, 1, 1, 1, 1, 0.1], Rates(new ReduceLearningRateOnPlateau("score", patience: 2), 3, 3, 2, 2, 2, 2));

    [Fact]
    public void MinDelta_MustBeExceeded()
    {
        Equal([1, 1, 0.1], Rates(new ReduceLearningRateOnPlateau("score", patience: 1, minDelta: 0.5), 3, 2.6, 2.6));
        Equal([1, 1, 1], Rates(new ReduceLearningRateOnPlateau("score", patience: 1, minDelta: 0.3), 3, 2.6, 2.2));
    }

    [Fact]
    public void Cooldown_CountsNothing()
        => Equal([1, 1, 0.1, 0.1, 0.1, 0.01], Rates(new ReduceLearningRateOnPlateau("score", patience: 1, cooldown: 3), 1, 1, 1, 1, 1, 1));

    [Fact]
    public void Minimum_IsNotPassed()
    {
        ReduceLearningRateOnPlateau callback = new("score", patience: 1, minimum: 0.03);
        Equal([1, 1, 0.1, 0.03, 0.03], Rates(callback, 1, 1, 1, 1, 1));
        Assert.Equal(2, callback.Reductions);
    }

    [Fact]
    public void Mode_SaysWhatIsBetter()
    {
        Equal([1, 1, 1], Rates(new ReduceLearningRateOnPlateau("score", patience: 1, mode: MonitorMode.Max), 1, 2, 3));
        Equal([1, 1, 0.1], Rates(new ReduceLearningRateOnPlateau("score", patience: 1, mode: MonitorMode.Min), 1, 2, 3));
        Equal([1, 1, 1], Rates(new ReduceLearningRateOnPlateau("auc", patience: 1), 1, 2, 3));
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        foreach (double factor in new[] { 0, 1, 1.5, -0.5, double.NaN })
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLearningRateOnPlateau(factor: factor));
            Assert.Contains("above 0 and below 1", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal("patience", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLearningRateOnPlateau(patience: -1)).ParamName);
        Assert.Equal("cooldown", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLearningRateOnPlateau(cooldown: -1)).ParamName);
        Assert.Equal("minimum", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLearningRateOnPlateau(minimum: -1)).ParamName);
        string message = Assert.Throws<ArgumentException>(() => new Line(1).Fit(FitTests.LineData(8), new FitOptions { Callbacks = [new ReduceLearningRateOnPlateau()] })).Message;
        Assert.Contains("ReduceLearningRateOnPlateau watches \"val_loss\", but the training measures loss, mae, learning_rate. It needs", message, StringComparison.Ordinal);
    }

    /// <summary>The learning rate of every epoch's steps, from 1 on.</summary>
    private static double[] Rates(ReduceLearningRateOnPlateau callback, params double[] scores)
    {
        List<double> rates = [];
        LambdaCallback record = new(onEpochBegin: context => rates.Add(context.Optimizer.LearningRate));
        new Line(1).Fit(FitTests.LineData(8), new FitOptions
        {
            Epochs = scores.Length,
            Optimizer = new Sgd(1),
            Frozen = ["dense1"],
            Metrics = [new ScriptedMetric(callback.Monitor, scores) { Better = callback.Monitor == "score" ? MonitorMode.Min : MonitorMode.Auto }],
            Callbacks = [record, callback],
        });
        return [.. rates];
    }

    private static void Equal(double[] expected, double[] rates)
    {
        Assert.Equal(expected.Length, rates.Length);
        for (int i = 0; i < rates.Length; i++)
        {
            Assert.Equal(expected[i], rates[i], 1e-12);
        }
    }
}

using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class CallbackTests
{
    [Fact]
    public void EarlyStopping_WaitsAndRestoresTheBestWeights()
    {
        Line network = new(1);
        Dataset data = FitTests.LineData(64);
        EarlyStopping stopping = new("loss", patience: 3, restoreBestWeights: true);

        // From epoch 4 on the rate is so large that every epoch is worse.
        LearningRateScheduler schedule = new((epoch, _) => epoch < 4 ? 0.05 : 3);
        History history = network.Fit(data, new FitOptions { Epochs = 50, Optimizer = new Sgd(0.05), Callbacks = [schedule, stopping] });
        Assert.InRange(stopping.BestEpoch, 3, 5);
        Assert.Equal(stopping.BestEpoch + 1 + stopping.Patience, history.Epochs);
        Assert.Equal(history["loss"].Min(), history["loss"][stopping.BestEpoch]);
        Assert.True(network.Evaluate(data).Loss < history.Last("loss"));
    }

    [Fact]
    public void CsvLogger_WritesOneLinePerEpoch()
    {
        string path = Path.GetTempFileName();
        try
        {
            History history = new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, Callbacks = [new CsvLogger(path)] });
            CsvTable table = CsvTable.Read(path);
            Assert.Equal([0, 1], table["epoch"].ToIntegers());
            Assert.Equal(history["loss"].Select(value => (float)value), table["loss"].ToFloats());
        }
        finally
        {
            File.Delete(path);
        }
    }
}

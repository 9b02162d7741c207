using System.Globalization;
using System.Text;
using NetCompiler.Tests.Training.Fit.Checkpoints;
using Xunit;
using Field = NetCompiler.Tests.Training.Callbacks.EventRecords.Field;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Checksum_EqualsThePublishedVectors()
    {
        // RFC 3720, B.4, and the catalogue's check value.
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0x113FDB5Cu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)(31 - i)).ToArray()));
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Random random = new(1);
        for (int length = 0; length < 40; length++)
        {
            byte[] data = new byte[length];
            random.NextBytes(data);
            Assert.Equal(EventRecords.Crc(data), Crc32C.Compute(data));
            Assert.Equal(EventRecords.Masked(data), Crc32C.ComputeMasked(data));
        }
    }

    [Fact]
    public void Epochs_AreScalarsOfTrainingAndValidation()
    {
        History history = Train(new TensorBoard(_folder.Root));
        foreach ((string folder, string prefix) in new[] { ("train", ""), ("validation", "val_") })
        {
            List<List<Field>> records = EventRecords.Read(FileIn(folder));
            Assert.Equal("brain.Event:2", records[0].Single(field => field.Number == 3).Text);
            Assert.All(records, record => Assert.InRange(record.Single(field => field.Number == 1).Double, 1.7e9, 1e11));
            foreach (string name in new[] { "loss", "mae" })
            {
                Assert.Equal(history[prefix + name].Select((value, epoch) => ((long)epoch, (float)value)), Scalars(records, "epoch_" + name));
            }
        }

        Assert.Equal([(0, 0.05f), (1, 0.025f)], Scalars(EventRecords.Read(FileIn("train")), "epoch_learning_rate"));
        Assert.False(Directory.Exists(_folder["batches"]));

        // Where nothing sets the rate, the history has none, but the events do.
        new Slope(1).Fit(TrainedNetworks.Line<Slope>(8), new FitOptions { Optimizer = new Sgd(0.5), Callbacks = [new TensorBoard(_folder["plain"])] });
        Assert.Equal([(0, 0.5f)], Scalars(EventRecords.Read(FileIn("plain/train")), "epoch_learning_rate"));
    }

    [Fact]
    public void Batches_AreScalarsByStep()
    {
        List<float> metrics = [];
        LambdaCallback keep = new(onBatchEnd: context => metrics.Add((float)context.Metrics["mae"]));
        Train(new TensorBoard(_folder.Root, updateFrequency: 3), others: keep);
        List<List<Field>> records = EventRecords.Read(FileIn("batches"));
        Assert.Equal([(0, metrics[0]), (3, metrics[3]), (6, metrics[6])], Scalars(records, "batch_mae"));
        Assert.Equal([0, 3, 6], Scalars(records, "batch_loss").Select(point => point.Step));
        Assert.Equal([(0, 0.05f), (3, 0.05f), (6, 0.025f)], Scalars(records, "batch_learning_rate"));
    }

    [Fact]
    public void Weights_AreHistograms()
    {
        Slope network = new(1);
        Train(new TensorBoard(_folder.Root, histogramFrequency: 2), network, epochs: 4);
        List<List<Field>> records = EventRecords.Read(FileIn("train"));
        List<(long Step, List<Field> Value)> histograms = [.. Values(records, "dense1/kernel/histogram")];
        Assert.Equal([0, 2], histograms.Select(value => value.Step));
        Assert.Equal(2, Values(records, "dense1/bias/histogram").Count());
        List<Field> histogram = histograms[0].Value.Single(field => field.Number == 5).Message;
        Assert.Equal(2, histogram.Single(field => field.Number == 3).Double);
        double minimum = histogram.Single(field => field.Number == 1).Double, maximum = histogram.Single(field => field.Number == 2).Double;
        Assert.Equal(minimum + maximum, histogram.Single(field => field.Number == 4).Double, 1e-12);
        Assert.Equal((minimum * minimum) + (maximum * maximum), histogram.Single(field => field.Number == 5).Double, 1e-12);
        double[] limits = histogram.Single(field => field.Number == 6).Doubles, buckets = histogram.Single(field => field.Number == 7).Doubles;
        Assert.Equal(limits.Length, buckets.Length);
        Assert.Equal(limits.Order(), limits);
        Assert.Equal(maximum, limits[^1]);
        Assert.Equal((1, 1, 2), (buckets[0], buckets[^1], buckets.Sum()));
    }

    [Fact]
    public void Hyperparameters_AreATableOfText()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = SavedStateTests.Foreign;
        try
        {
            Train(new TensorBoard(_folder.Root, hyperparameters: new Dictionary<string, string> { ["data"] = "line | noise" }), schedule: new PiecewiseSchedule([2], [0.1, 0.01]));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        List<Field> value = Values(EventRecords.Read(FileIn("train")), "hyperparameters").Single().Value;
        Assert.Equal("text", value.Single(field => field.Number == 9).Message.Single(field => field.Number == 1).Message.Single(field => field.Number == 1).Text);
        List<Field> tensor = value.Single(field => field.Number == 8).Message;
        Assert.Equal(7ul, tensor.Single(field => field.Number == 1).Bits);
        string text = tensor.Single(field => field.Number == 8).Text;
        Assert.Contains("| network | Slope |\n", text, StringComparison.Ordinal);
        Assert.Contains("| parameters | 3 |\n", text, StringComparison.Ordinal);
        Assert.Contains("LearningRate = 0.1,", text, StringComparison.Ordinal);
        Assert.Contains("Boundaries = [2], Values = [0.1, 0.01]", text, StringComparison.Ordinal);
        Assert.Contains("| data | line \\| noise |\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void EventFile_ReadsWhatWasWritten()
    {
        string path;
        using (EventFileWriter writer = new(_folder.Root))
        {
            path = writer.Path;
            writer.WriteScalar("a/b", 3, 0.1);
            writer.WriteScalar("nan", long.MaxValue, double.NaN);
            writer.WriteHistogram("h", 4, [1, 2, float.NaN, 4]);
            writer.WriteHistogram("same", 4, [2, 2, 2]);
            writer.WriteHistogram("none", 4, []);
            writer.WriteText("t", 5, "# Größe");
        }

        IReadOnlyList<EventValue> values = EventFile.Read(path);
        Assert.Equal(["a/b", "nan", "h", "same", "none", "t"], values.Select(value => value.Tag));
        Assert.Equal((3, 0.1f), (values[0].Step, values[0].Scalar));
        Assert.Equal((long.MaxValue, double.NaN), (values[1].Step, values[1].Scalar));
        EventHistogram histogram = values[2].Histogram!;
        Assert.Equal((1, 4, 3, 7, 21, 30), (histogram.Minimum, histogram.Maximum, histogram.Count, histogram.Sum, histogram.SumOfSquares, histogram.Limits.Count));
        Assert.Equal([3.0], values[3].Histogram!.Buckets);
        Assert.Equal(0, values[4].Histogram!.Count);
        Assert.Equal("# Größe", values[5].Text);
        Assert.InRange(values[0].Time, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public void EveryCutAndEveryChangedBit_IsRefusedWithTheReason()
    {
        string path;
        using (EventFileWriter writer = new(_folder.Root))
        {
            path = writer.Path;
            writer.WriteScalar("loss", 1, 0.5);
        }

        byte[] good = File.ReadAllBytes(path);
        int second = 12 + (int)BitConverter.ToUInt64(good) + 4;
        string bad = _folder["bad"];
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(bad, good[..length]);
            if (length == second)
            {
                // A whole number of records is a whole file.
                Assert.Empty(EventFile.Read(bad));
                continue;
            }

            EventFileException exception = Assert.Throws<EventFileException>(() => EventFile.Read(bad));
            Assert.Contains(length == 0 ? "it is empty" : "it is cut off", exception.Message, StringComparison.Ordinal);
            Assert.Contains(bad, exception.Message, StringComparison.Ordinal);
            Assert.Equal(length < second ? 0 : second, exception.Offset);
        }

        for (int bit = 0; bit < 8 * good.Length; bit++)
        {
            byte[] changed = [.. good];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(bad, changed);
            Assert.Contains("the checksum of the record's", Assert.Throws<EventFileException>(() => EventFile.Read(bad)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("hello", "there is no field")]
    [InlineData("", "the first record says no version, but \"brain.Event:2\" was expected")]
    public void RecordThatHoldsNoEvent_IsRefused(string content, string reason)
    {
        byte[] data = content == "hello" ? [0x00, 0x01] : [];
        byte[] length = BitConverter.GetBytes((ulong)data.Length);
        File.WriteAllBytes(_folder["other"], [.. length, .. BitConverter.GetBytes(EventRecords.Masked(length)), .. data, .. BitConverter.GetBytes(EventRecords.Masked(data))]);
        Assert.Contains(reason, Assert.Throws<EventFileException>(() => EventFile.Read(_folder["other"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["text"], Encoding.UTF8.GetBytes("this is no event file"));
        Assert.Contains("the checksum of the record's length", Assert.Throws<EventFileException>(() => EventFile.Read(_folder["text"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(histogramFrequency: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(updateFrequency: 0));
        Assert.Throws<ArgumentException>(() => new TensorBoard(""));
        Assert.Contains("The hyperparameter \"depth\" is null.", Assert.Throws<ArgumentException>(() => new TensorBoard(hyperparameters: new Dictionary<string, string> { ["depth"] = null! })).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["file"], "");
        Slope network = new(1);
        float[] before = network.Weights.Dense1Kernel.ToArray();
        Assert.ThrowsAny<IOException>(() => Train(new TensorBoard(_folder["file"]), network));
        Assert.Equal(before, network.Weights.Dense1Kernel.ToArray());
    }

    private static History Train(TensorBoard callback, Slope? network = null, int epochs = 2, LearningRateSchedule? schedule = null, params Callback[] others) => (network ?? new Slope(1)).Fit(TrainedNetworks.Line<Slope>(32), new FitOptions
    {
        Epochs = epochs,
        BatchSize = 4,
        ValidationSplit = 0.5,
        Optimizer = new Sgd(0.1),
        Schedule = schedule,
        Callbacks = [.. schedule is null ? (Callback[])[new LearningRateScheduler((_, rate) => rate / 2)] : [], callback, .. others],
    });

    private string FileIn(string folder) => Assert.Single(Directory.GetFiles(_folder[folder], "events.out.tfevents.*"));

    private static IEnumerable<(long Step, List<Field> Value)> Values(List<List<Field>> records, string tag) =>
        from record in records
        from summary in record
        where summary.Number == 5
        from value in summary.Message
        where value.Number == 1 && value.Message.Single(field => field.Number == 1).Text == tag
        select ((long)record.Single(field => field.Number == 2).Bits, value.Message);

    private static IEnumerable<(long Step, float Value)> Scalars(List<List<Field>> records, string tag)
        => Values(records, tag).Select(value => (value.Step, value.Value.Single(field => field.Number == 2).Float));
}

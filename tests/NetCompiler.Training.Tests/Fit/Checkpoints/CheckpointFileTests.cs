using System.Globalization;
using Xunit;

namespace NetCompiler.Tests.Training.Fit.Checkpoints;

/// <summary>What is no whole checkpoint of this very training is refused with the reason, and nothing is changed.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    // A flipped bit of the table leaves no JSON or no text, an entry that contradicts the file, an array of another type, or another text, which the checksum covers.
    private static readonly string[] InTable =
    [
        ".* has (a header that|the entry \".*\" in its header, which) cannot be read: ",
        ".* has a header that is not valid UTF-8\\.",
        ".* has the tensor \".*\", which (lacks (dtype|shape|data_offsets)|has the unknown data type \".*\"|has the shape \\(.*\\) of .*, which needs [0-9]+ bytes, but [0-9]+ bytes of data)",
        ".* has the tensor \".*\", which (lies at bytes [0-9]+ to [0-9]+, but the file holds|begins at byte [0-9]+, (inside|but))",
        "has [0-9]+ bytes after its last tensor",
        "is no checkpoint: it has no entry \"netcompiler.checkpoint.version\"",
        "has the format version .*, but this library reads version 1",
        "is damaged: its content has the SHA-256 [0-9a-f]{64}, but the file says .+\\.",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-checkpoint-").FullName;

    private string CheckpointPath => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnyFlippedBitAndAnyTruncation_IsRefused()
    {
        byte[] file = Save();
        Random random = new(1);
        Kinds network = KindsRun.Network();
        float[] before = network.Parameters.ToArray();
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. file];
            if (i % 4 == 0)
            {
                damaged = damaged[..random.Next(file.Length)];
            }
            else
            {
                // Half of them in the header.
                damaged[random.Next(i % 2 == 0 ? file.Length : Math.Min(file.Length, 8 + BitConverter.ToInt32(file)))] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(CheckpointPath, damaged);
            CheckpointException exception = Assert.Throws<CheckpointException>(() => network.Fit(KindsRun.Data, KindsRun.Options(3, new BackupAndRestore(CheckpointPath))));
            Assert.Contains(CheckpointPath, exception.Message, StringComparison.Ordinal);
            Assert.Matches(ReasonFor(file, damaged), exception.Message);
        }

        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void ForeignFiles_AreRefusedWithTheReason()
    {
        KindsRun.Network().Save(CheckpointPath);
        AssertRefused("is no checkpoint: it has no entry \"netcompiler.checkpoint.version\"");
        File.WriteAllText(CheckpointPath, "");
        AssertRefused("has 0 bytes");
        File.WriteAllText(CheckpointPath, "epoch,loss\n0,0.5\n1,0.25\n");
        AssertRefused("truncated or no safetensors file");
        using (Kinds.Training training = KindsRun.Network().CreateTraining(16))
        {
            Checkpoint.Write(CheckpointPath, training, KindsRun.Optimizer.CreateState(training));
        }

        AssertRefused("was not written by Fit");
        File.Delete(CheckpointPath);
        Assert.Throws<FileNotFoundException>(() => KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(3) with { ResumeFrom = CheckpointPath }));
    }

    [Fact]
    public void OtherTrainings_AreRefusedWithEveryDifference()
    {
        Save();
        FitOptions options = KindsRun.Options(3, new BackupAndRestore(CheckpointPath));
        AssertRefused($"- optimizer: {InvariantText.Of(KindsRun.Optimizer)} in the checkpoint, {InvariantText.Of(new Adam())} here", options with { Optimizer = new Adam() });
        AssertRefused("LearningRate = 0.02", options with { Optimizer = new AdamW(0.02) { ClipNorm = 1 } });
        AssertRefused("- batch size: 16 in the checkpoint, 8 here", options with { BatchSize = 8 });
        AssertRefused("- seed: 11 in the checkpoint, 12 here", options with { Seed = 12 });
        AssertRefused("- shuffle: yes in the checkpoint, no here", options with { Shuffle = false });
        AssertRefused("- frozen layers: none in the checkpoint, dense1 here", options with { Frozen = ["dense1"] });
        AssertRefused("- transforms: ImageAugmentation", options with { Transforms = [] });
        AssertRefused("- metrics: accuracy, top2 in the checkpoint, accuracy here", options with { Metrics = [new Accuracy()] });
        AssertRefused("- schedule: none in the checkpoint, ConstantSchedule", options with { Schedule = new ConstantSchedule(0.1), Callbacks = [.. options.Callbacks.Where(callback => callback is not ReduceLearningRateOnPlateau)] });
        AssertRefused("- class weights: none in the checkpoint, 1: 0.5 here", options with { ClassWeights = new Dictionary<int, double> { [1] = 0.5 } });
        AssertRefused("- validation samples: 26 in the checkpoint, none here", options with { ValidationSplit = 0, Callbacks = [new BackupAndRestore(CheckpointPath)] });
        AssertRefused("- callback: NetCompiler.EarlyStopping.1 in the checkpoint, no such one here", options with { Callbacks = [.. options.Callbacks.Where(callback => callback is not EarlyStopping)] });
        string message = Assert.Throws<CheckpointException>(() => KindsRun.Network().Fit(KindsRun.Data.Slice(0, 100), options)).Message;
        Assert.Contains("- samples: 104 in the checkpoint, 80 here\n- validation samples: 26 in the checkpoint, 20 here", message, StringComparison.Ordinal);
        message = Assert.Throws<CheckpointException>(() => new Line().Fit(FitTests.LineData(8), new FitOptions { Callbacks = [new BackupAndRestore(CheckpointPath)] })).Message;
        Assert.Contains("- network: Kinds in the checkpoint, Line here", message, StringComparison.Ordinal);
        Assert.Contains("\"dense1.kernel\": (48, 5) in the checkpoint, (2, 1) here", message, StringComparison.Ordinal);

        // All of them at once, each once: what the files of weights and of settings say.
        string[] all = ["- network: Kinds in", "- optimizer: AdamW {", "- batch size: 16 in", "- seed: 11 in", "- samples: 104 in", "- metrics: accuracy, top2 in"];
        Assert.All(all, line => Assert.Equal(2, message.Split(line).Length));
    }

    [Fact]
    public void OptimizerOfALoop_IsNamedInItsOwnWords()
    {
        using Kinds.Training training = KindsRun.Network().CreateTraining(16);
        Checkpoint.Write(CheckpointPath, training, new Sgd(0.5).CreateState(training));
        string message = Assert.Throws<CheckpointException>(() => Checkpoint.Read(CheckpointPath).Restore(training, new Adam(0.25).CreateState(training))).Message;
        Assert.Contains($"- optimizer: {InvariantText.Of(new Sgd(0.5))} in the checkpoint, {InvariantText.Of(new Adam(0.25))} here", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherRatesOfASchedule_AreRefused()
    {
        static FitOptions Options(LearningRateSchedule schedule, string path) => new() { Epochs = 2, Schedule = schedule, Callbacks = [new BackupAndRestore(path, deleteCheckpoint: false)] };
        LearningRateSchedule[] schedules =
        [
            new PiecewiseSchedule([3], [0.1, 0.01]),
            new PiecewiseSchedule([3], [0.1, 0.02]),
            new PiecewiseSchedule([4], [0.1, 0.01]),
            new WarmupSchedule(2, new PiecewiseSchedule([3], [0.1, 0.01])),
            new WarmupSchedule(2, new PiecewiseSchedule([3], [0.1, 0.02])),
        ];
        foreach (LearningRateSchedule saved in schedules)
        {
            File.Delete(CheckpointPath);
            new Line(1).Fit(FitTests.LineData(64), Options(saved, CheckpointPath));
            foreach (LearningRateSchedule other in schedules.Where(other => !ReferenceEquals(other, saved)))
            {
                string message = Assert.Throws<CheckpointException>(() => new Line(1).Fit(FitTests.LineData(64), Options(other, CheckpointPath))).Message;
                Assert.Contains($"- schedule: {saved} in the checkpoint, {other} here", message, StringComparison.Ordinal);
            }

            // A copy is the same schedule.
            Assert.Equal(2, new Line(1).Fit(FitTests.LineData(64), Options(saved with { }, CheckpointPath)).Epochs);
        }
    }

    [Fact]
    public void SettingsAreCompared_InEveryCulture()
    {
        Save();
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = SavedStateTests.Foreign;
        try
        {
            Assert.Equal(3, KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(3, new BackupAndRestore(CheckpointPath))).Epochs);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void FullDisk_LeavesTheLastCheckpointAndSaysWhy()
    {
        byte[] kept = Save();
        foreach (int room in new[] { 0, 1, 100, kept.Length / 2, kept.Length - 1 })
        {
            BackupAndRestore backup = new(CheckpointPath) { Wrap = stream => new FullDisk(stream, room) };
            CheckpointException exception = Assert.Throws<CheckpointException>(() => KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(3, backup)));
            Assert.Matches("cannot be written: .*No space left.* Nothing was changed there\\.", exception.Message);
            Assert.Equal(kept, File.ReadAllBytes(CheckpointPath));
            Assert.Equal([CheckpointPath], Directory.GetFiles(_folder));
        }

        using CancellationTokenSource source = new();
        source.Cancel();
        BackupAndRestore full = new(CheckpointPath) { Wrap = stream => new FullDisk(stream, 0) };
        TrainingCanceledException canceled = Assert.Throws<TrainingCanceledException>(() => KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(3, full), source.Token));
        Assert.Contains("It was not saved at this point: The checkpoint", canceled.Message, StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void WeightsOfACheckpoint_LoadAsFromAnyFile()
    {
        Save();
        Kinds trained = KindsRun.Network();
        Assert.Throws<WeightFileException>(() => trained.LoadWeights(CheckpointPath));
        trained.LoadWeights(CheckpointPath, new WeightLoadOptions { AllowUnused = true });
        Kinds continued = KindsRun.Network();
        continued.Fit(KindsRun.Data, KindsRun.Options(1) with { Callbacks = [] });
        Assert.NotEqual(KindsRun.Network().Parameters.ToArray(), trained.Parameters.ToArray());
        Assert.NotEqual(new float[Kinds.StatisticsCount], trained.Statistics[..Kinds.StatisticsCount].ToArray());
    }

    [Fact]
    public void WeightThatIsNotFinite_ReplacesNoCheckpoint()
    {
        byte[] kept = Save();
        using Kinds.Training training = KindsRun.Network().CreateTraining(16);
        OptimizerState optimizer = KindsRun.Optimizer.CreateState(training);
        training.Parameters[0] = float.NaN;
        Assert.Contains("holds NaN. Nothing was changed there.", Assert.Throws<CheckpointException>(() => Checkpoint.Write(CheckpointPath, training, optimizer)).Message, StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllBytes(CheckpointPath));
    }

    [Theory]
    [InlineData("netcompiler.checkpoint.step_index", "-1", "a whole number of at least 0")]
    [InlineData("netcompiler.checkpoint.step_index", null, "it has no entry \"netcompiler.checkpoint.step_index\"")]
    [InlineData("netcompiler.checkpoint.steps", "", "\"netcompiler.checkpoint.steps\" is \"\", but a whole number of at least 0 was expected")]
    [InlineData("netcompiler.checkpoint.steps", "14.5", "a whole number of at least 0")]
    [InlineData("netcompiler.checkpoint.steps", "-14", "a whole number of at least 0")]
    [InlineData("netcompiler.checkpoint.steps", "99999999999999999999", "a whole number of at least 0")]
    [InlineData("netcompiler.checkpoint.steps", null, "it has no entry \"netcompiler.checkpoint.steps\"")]
    [InlineData("netcompiler.checkpoint.learning_rate", "-1", "\"netcompiler.checkpoint.learning_rate\" is \"-1\", but a finite number of at least 0 was expected")]
    [InlineData("netcompiler.checkpoint.learning_rate", "NaN", "a finite number of at least 0")]
    [InlineData("netcompiler.checkpoint.learning_rate", "Infinity", "a finite number of at least 0")]
    [InlineData("netcompiler.checkpoint.learning_rate", "fast", "a finite number of at least 0")]
    [InlineData("netcompiler.checkpoint.learning_rate", null, "it has no entry \"netcompiler.checkpoint.learning_rate\"")]
    [InlineData("netcompiler.state.", "x", "a saved value has no name")]
    public void RightChecksumOverABadEntry_IsRefusedByFitAndByALoopOfOnesOwn(string key, string? value, string reason)
    {
        Save();
        Rewrite((metadata, _) =>
        {
            metadata.Remove(key);
            if (value is not null)
            {
                metadata.Add(key, value);
            }
        });
        AssertRefused(reason);
        AssertRefused($"The checkpoint {CheckpointPath} is damaged: ");
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Checkpoint.Read(CheckpointPath)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoch", "-1", "The saved value \"epoch\" is \"-1\", but a whole number from 0 to 2147483647 was expected.")]
    [InlineData("epoch", "3000000000", "a whole number from 0 to 2147483647")]
    [InlineData("epoch", "1", "The saved history has 2 epochs (2 of loss, 2 of accuracy, 2 of top2, 2 of val_loss, 2 of val_accuracy, 2 of val_top2, 2 of learning_rate), but 1 are done.")]
    [InlineData("batches", "-1", "a whole number from 0 to 2147483647")]
    [InlineData("batches_of_epoch", null, "There is no saved text or number \"batches_of_epoch\"")]
    [InlineData("has_begun", "perhaps", "\"has_begun\" is \"perhaps\", but true or false was expected")]
    [InlineData("stop_training", null, "There is no saved text or number \"stop_training\"")]
    [InlineData("elapsed_ticks", "-5", "The saved time is negative: -5 ticks.")]
    [InlineData("history/0/values", "0.5 half", "a row of numbers was expected")]
    [InlineData("history/0/values", "0.5", "The saved history has 2 epochs (1 of loss, ")]
    [InlineData("history/epochs", "7", "The saved history has 7 epochs")]
    [InlineData("history/1/values", "0.5 0.5 0.5", "The saved history has 2 epochs (2 of loss, 3 of accuracy, ")]
    [InlineData("history/series", "0", "The saved history has 2 epochs (), but 2 are done.")]
    [InlineData("callback.NetCompiler.EarlyStopping.1/best_epoch", "-2", "NetCompiler.EarlyStopping.1 cannot go on from the checkpoint: The saved value \"best_epoch\" is \"-2\"")]
    [InlineData("callback.NetCompiler.ReduceLearningRateOnPlateau.1/waited", "-1", "NetCompiler.ReduceLearningRateOnPlateau.1 cannot go on from the checkpoint")]
    [InlineData("callback.NetCompiler.Tests.Training.Fit.Checkpoints.KindsRun+Nervous.1/mood", "sunny", "but a number was expected")]
    public void RightChecksumOverABadPlace_IsRefused(string name, string? value, string reason)
    {
        Save();
        Rewrite((metadata, _) =>
        {
            // A misspelled name would prove nothing.
            Assert.True(metadata.Remove("netcompiler.state." + name));
            if (value is not null)
            {
                metadata.Add("netcompiler.state." + name, value);
            }
        });
        AssertRefused(reason);
    }

    [Fact]
    public void RightChecksumOverABadArray_IsRefused()
    {
        byte[] file = Save();
        foreach (float bad in new[] { float.NaN, float.NegativeInfinity })
        {
            // The last weight: those before it are right.
            string last = KindsRun.Network().Weights[^1].Name;
            Rewrite((_, tensors) => tensors[tensors.FindIndex(tensor => tensor.Name == last)] = new NamedTensor(last, [3], new[] { 0, bad, 0 }));
            AssertRefused(FormattableString.Invariant($"is damaged: {last} holds {bad}. Kinds was not changed."));
            File.WriteAllBytes(CheckpointPath, file);
        }

        Rewrite((_, tensors) => tensors.Add(tensors[0]));
        AssertRefused("cannot be read: the name appears twice");
        File.WriteAllBytes(CheckpointPath, file);
        Rewrite((_, tensors) => tensors.Add(new NamedTensor("netcompiler.state.epoch", [1], new float[1])));
        AssertRefused("is damaged: it holds \"epoch\" twice, as a text and as an array.");
        File.WriteAllBytes(CheckpointPath, file);
        Rewrite((_, tensors) => tensors.RemoveAll(tensor => tensor.Name == "netcompiler.slot2.dense1.kernel"));
        AssertRefused("\"netcompiler.slot2.dense1.kernel\": missing in the checkpoint, (48, 5) here");
    }

    [Fact]
    public void LoopOfOnesOwn_GoesOnFromACheckpoint()
    {
        Kinds whole = KindsRun.Network();
        using Kinds.Training training = whole.CreateTraining(16);
        OptimizerState optimizer = KindsRun.Optimizer.CreateState(training);
        int epoch = 0;
        for (; epoch < 4; epoch++)
        {
            if (epoch == 2)
            {
                SavedState state = new();
                state.Set("epoch", epoch);
                Checkpoint.Write(CheckpointPath, training, optimizer, state);
            }

            RunEpoch(training, optimizer, epoch);
        }

        Kinds resumed = new(seed: 99);
        using Kinds.Training again = resumed.CreateTraining(16, seed: KindsRun.Seed);
        OptimizerState restored = KindsRun.Optimizer.CreateState(again);
        Checkpoint checkpoint = Checkpoint.Read(CheckpointPath);
        checkpoint.Restore(again, restored);
        for (epoch = (int)checkpoint.State.GetInt64("epoch"); epoch < 4; epoch++)
        {
            RunEpoch(again, restored, epoch);
        }

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
        Assert.Equal(whole.Statistics.ToArray(), resumed.Statistics.ToArray());
        Assert.Equal((training.StepIndex, optimizer.Steps), (again.StepIndex, restored.Steps));

        static void RunEpoch(ITraining training, OptimizerState optimizer, int epoch)
        {
            foreach (int count in KindsRun.Data.Batches(training, KindsRun.Seed, epoch))
            {
                training.Step(count, optimizer);
            }
        }
    }

    [Fact]
    public void MetricWithoutState_IsRefusedBeforeTrainingWhereItWouldBeSaved()
    {
        FitOptions options = KindsRun.Options(3, new BackupAndRestore(CheckpointPath, saveEveryBatches: 2)) with { Metrics = [new Forgetful()] };
        Kinds network = KindsRun.Network();
        Assert.Contains("does not override SaveState and RestoreState", Assert.Throws<NotSupportedException>(() => network.Fit(KindsRun.Data, options)).Message, StringComparison.Ordinal);
        Assert.Equal(KindsRun.Network().Parameters.ToArray(), network.Parameters.ToArray());
        Assert.Equal(2, network.Fit(KindsRun.Data, KindsRun.Options(2, new BackupAndRestore(CheckpointPath)) with { Metrics = [new Forgetful()] }).Epochs);
    }

    /// <summary>
    /// What a refusal has to say: how much of a file that was cut is there, which bits a damaged content or text has, and where in the table a byte is wrong.
    /// </summary>
    private static string ReasonFor(byte[] file, byte[] damaged)
    {
        int table = 8 + BitConverter.ToInt32(file), place = damaged.AsSpan().CommonPrefixLength(file);
        return damaged.Length < 8 ? $"has {damaged.Length} bytes, which is neither a safetensors file \\(at least 8\\)"
            : damaged.Length < table ? $"says that its header has {table - 8} bytes, but {damaged.Length - 8} follow .* it is truncated"
            : damaged.Length < file.Length ? $"lies at bytes [0-9]+ to [0-9]+, but the file holds 0 to {damaged.Length - table}\\."
            : place < 8 ? "(says that its header has [0-9]+ bytes, but [0-9]+ follow|has a header that cannot be read: )"
            : place >= table ? "is damaged: its content has the SHA-256 [0-9a-f]{64}, but the file says [0-9a-f]{64}\\."
            : string.Join('|', InTable);
    }

    private byte[] Save()
    {
        KindsRun.Network().Fit(KindsRun.Data, KindsRun.Options(2, new BackupAndRestore(CheckpointPath, deleteCheckpoint: false)));
        return File.ReadAllBytes(CheckpointPath);
    }

    /// <summary>Changes the entries of the checkpoint under a checksum that is right.</summary>
    private void Rewrite(Action<Dictionary<string, string>, List<NamedTensor>> change)
    {
        List<NamedTensor> tensors = [.. TensorFile.Read(File.ReadAllBytes(CheckpointPath), CheckpointPath, out IReadOnlyDictionary<string, string> found)];
        Dictionary<string, string> metadata = new(found);
        change(metadata, tensors);
        metadata[CheckpointKeys.Checksum] = CheckpointKeys.ChecksumOf(metadata, tensors);
        using FileStream stream = File.Create(CheckpointPath);
        TensorFile.Write(stream, "the checkpoint", metadata, tensors);
    }

    private void AssertRefused(string reason, FitOptions? options = null)
    {
        Kinds network = KindsRun.Network();
        float[] before = network.Parameters.ToArray(), statistics = network.Statistics.ToArray();
        string message = Assert.Throws<CheckpointException>(() => network.Fit(KindsRun.Data, options ?? KindsRun.Options(3, new BackupAndRestore(CheckpointPath)))).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Equal(statistics, network.Statistics.ToArray());
    }

    private sealed record Forgetful() : Metric("forgetful")
    {
        public override MetricState CreateState() => new State();

        private sealed class State : MetricState
        {
            public override double Value => 0;

            public override void Reset()
            {
            }

            public override void Add(in MetricBatch batch)
            {
            }
        }
    }

    private sealed class FullDisk(Stream inner, int room) : MemoryStream
    {
        private int _written;

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = Math.Min(buffer.Length, room - _written);
            inner.Write(buffer[..fits]);
            _written += fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}

using Xunit;

namespace NetCompiler.Tests.Training.Fit.Checkpoints;

/// <summary>A checkpoint where a weight file is expected: what it is for is said once, not of each of its arrays.</summary>
public sealed class CheckpointAsWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Loading_SaysThatItIsACheckpointAndWhatReadsIt()
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        Kinds saved = KindsRun.Network(), loaded = new(KindsRun.Seed + 1);
        using (Kinds.Training training = saved.CreateTraining(16))
        {
            Checkpoint.Write(path, training, KindsRun.Optimizer.CreateState(training));
        }

        float[] before = loaded.Parameters.ToArray();
        string line = Assert.Single(Assert.Throws<WeightFileException>(() => loaded.LoadWeights(path)).Mismatches);
        Assert.Matches(
            "^it is a checkpoint of a training, with [0-9]+ arrays beside the weights: FitOptions\\.ResumeFrom or Checkpoint\\.Restore goes on with the training, "
            + "WeightLoadOptions\\.AllowUnused loads the weights alone$", line);
        Assert.Equal(before, loaded.Parameters.ToArray());
        loaded.LoadWeights(path, new WeightLoadOptions { AllowUnused = true });
        Assert.Equal(saved.Parameters.ToArray(), loaded.Parameters.ToArray());
    }
}

using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class ImageAugmentationTests
{
    private const int Height = 3;
    private const int Width = 4;
    private const int Channels = 2;
    private const int Length = Height * Width * Channels;

    [Fact]
    public void Images_AreMirroredAndMovedAsAWhole()
    {
        // Every image that comes out is one of the 2 x 3 x 5 that can, and all of them come.
        ImageAugmentation augmentation = new() { HorizontalFlip = true, VerticalShift = 1, HorizontalShift = 2, Fill = ImageFill.Edge };
        HashSet<string> possible = [.. from flip in new[] { false, true } from down in Enumerable.Range(-1, 3) from right in Enumerable.Range(-2, 5) select Text(Moved(flip, down, right, ImageFill.Edge))];
        HashSet<string> seen = [.. Apply(augmentation, 500, seed: 1, epoch: 0).Select(Text)];
        Assert.Equal(30, possible.Count);
        Assert.Equal(possible.Order(), seen.Order());
    }

    [Fact]
    public void WhatWasOutside_IsZeroUnlessTheEdgeIsAskedFor()
    {
        HashSet<string> possible = [.. from down in Enumerable.Range(-2, 5) select Text(Moved(false, down, 0, ImageFill.Zero))];
        HashSet<string> seen = [.. Apply(new ImageAugmentation { VerticalShift = 2 }, 200, seed: 1, epoch: 0).Select(Text)];
        Assert.Equal(possible.Order(), seen.Order());
    }

    [Fact]
    public void FillThatIsNone_IsRefused() => Assert.Equal("Fill", Assert.Throws<ArgumentOutOfRangeException>(() => Apply(new ImageAugmentation { Fill = (ImageFill)7 }, 1, seed: 1, epoch: 0)).ParamName);

    [Fact]
    public void Mirroring_IsFair()
    {
        float[][] images = Apply(new ImageAugmentation { HorizontalFlip = true }, 1000, seed: 3, epoch: 2);
        string mirrored = Text(Moved(true, 0, 0, ImageFill.Zero));
        Assert.InRange(images.Count(image => Text(image) == mirrored), 450, 550);
    }

    [Fact]
    public void WhatHappensToASample_DependsOnSeedEpochAndSampleAlone()
    {
        ImageAugmentation augmentation = new() { HorizontalFlip = true, VerticalShift = 2, HorizontalShift = 3 };
        float[][] once = Apply(augmentation, 100, seed: 1, epoch: 0);
        Assert.Equal(once, Apply(augmentation, 100, seed: 1, epoch: 0));
        Assert.NotEqual(once, Apply(augmentation, 100, seed: 1, epoch: 1));
        Assert.NotEqual(once, Apply(augmentation, 100, seed: 2, epoch: 0));

        // In another batch, with other neighbours.
        ManyColumns training = Staged(2);
        augmentation.CreateState(training.Description).Apply(training, [71, 13], seed: 1, epoch: 0);
        Assert.Equal([.. once[71], .. once[13]], training.FloatInput(1).ToArray());
    }

    [Fact]
    public void Applying_AllocatesNothing()
    {
        ManyColumns training = Staged(8);
        BatchTransformState state = new ImageAugmentation { HorizontalFlip = true, VerticalShift = 1, Fill = ImageFill.Edge }.CreateState(training.Description);
        int[] samples = [0, 1, 2, 3, 4, 5, 6, 7];
        state.Apply(training, samples, 0, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        state.Apply(training, samples, 0, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Fit_TransformsTrainingButNotValidation()
    {
        NetworkDescription description = Describe([2], [Height, Width, Channels]);
        ManyColumns network = new(description, 4);
        float[] image = [.. Enumerable.Range(1, Length).Select(i => (float)i)];
        Dataset data = Dataset.Create(description, new float[8], Enumerable.Repeat(image, 4).SelectMany(values => values).ToArray(), new float[4]);
        FitOptions options = new()
        {
            Epochs = 3,
            Shuffle = false,
            Seed = 9,
            Transforms = [new ImageAugmentation { HorizontalFlip = true, VerticalShift = 2, HorizontalShift = 2 }],
            Verbosity = Verbosity.Silent,
        };
        network.Fit(data, options);
        float[][][] epochs = [.. network.Steps.Select(step => step.Split(" | ")[1].Split(' ').Select(value => float.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).Chunk(Length).ToArray())];
        Assert.Equal(3, epochs.Length);
        Assert.NotEqual(epochs[0], epochs[1]);

        ManyColumns again = new(description, 4);
        again.Fit(data, options);
        Assert.Equal(network.Steps, again.Steps);

        ManyColumns validated = new(description, 4);
        validated.Fit(data, options with { ValidationData = data, Epochs = 1 });
        Assert.Equal(Text([.. image, .. image, .. image, .. image]), validated.Staged(4).Split(" | ")[1]);
        Assert.Equal(network.Steps[0], validated.Steps[0]);
    }

    [Fact]
    public void NetworksAndShiftsThatDoNotFit_AreNamed()
    {
        ImageAugmentation augmentation = new() { HorizontalFlip = true };
        Assert.Contains("Two has 2 inputs of images, (height, width) or (height, width, channels): name one. It has first (4, 4), second (4, 4, 3).", Message(augmentation, Describe([4, 4], [4, 4, 3])));
        Assert.Contains("Two has 0 inputs of images", Message(augmentation, Describe([4], [16])));
        Assert.Contains("Two has no input \"first\" of images, (height, width) or (height, width, channels); it has first (4), second (4, 4).", Message(augmentation with { Input = "first" }, Describe([4], [4, 4])));
        Assert.NotNull((augmentation with { Input = "SECOND" }).CreateState(Describe([4, 4], [4, 4, 3])));
        Assert.Contains("The shift must be from 0 to 2: the image has 3 pixels", Message(augmentation with { VerticalShift = 3 }, Describe([4], [3, 4])));
        Assert.Contains("The shift must be from 0 to 3: the image has 4 pixels", Message(augmentation with { HorizontalShift = -1 }, Describe([4], [3, 4])));
    }

    private static string Message(ImageAugmentation augmentation, NetworkDescription description) => Record.Exception(() => augmentation.CreateState(description))!.Message;

    private static NetworkDescription Describe(int[] first, int[] second) => new()
    {
        Name = "Two",
        Inputs = [new InputDescription("first", first), new InputDescription("second", second)],
        Layers = [],
        Outputs = [new OutputDescription("output", 0, [1])],
        Targets = [new TargetDescription("target", 1, 0)],
        Losses = [new LossDescription("MeanSquaredError") { Kind = Loss.MeanSquaredError, Targets = [0] }],
        ParameterCount = 16,
        StatisticsCount = 0,
        ArchitectureHash = "",
    };

    private static ManyColumns Staged(int count)
    {
        ManyColumns training = new(Describe([2], [Height, Width, Channels]), count);
        for (int i = 0; i < training.FloatInput(1).Length; i++)
        {
            training.FloatInput(1)[i] = 1 + (i % Length);
        }

        return training;
    }

    private static float[][] Apply(ImageAugmentation augmentation, int count, int seed, int epoch)
    {
        ManyColumns training = Staged(count);
        augmentation.CreateState(training.Description).Apply(training, [.. Enumerable.Range(0, count)], seed, epoch);
        return [.. training.FloatInput(1).ToArray().Chunk(Length)];
    }

    // The image 1, 2, 3, ... mirrored, then moved.
    private static float[] Moved(bool flip, int down, int right, ImageFill fill) => [.. Enumerable.Range(0, Length).Select(i =>
    {
        int row = (i / Channels / Width) - down, column = (i / Channels % Width) - right;
        bool isOutside = row < 0 || row >= Height || column < 0 || column >= Width;
        row = Math.Clamp(row, 0, Height - 1);
        column = Math.Clamp(column, 0, Width - 1);
        return isOutside && fill == ImageFill.Zero ? 0f : 1 + ((((row * Width) + (flip ? Width - 1 - column : column)) * Channels) + (i % Channels));
    })];

    private static string Text(float[] image) => string.Join(' ', image);
}

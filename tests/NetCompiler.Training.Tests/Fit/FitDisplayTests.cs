using System.Text.RegularExpressions;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>The tests that replace the console, which is one for the whole process.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleCollection;

/// <summary>What is shown where the console is taken or is a file.</summary>
[Collection("console")]
public sealed partial class FitDisplayTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly IAnsiConsole _before = AnsiConsole.Console;

    public FitDisplayTests()
    {
        // Displays refresh on threads of their own.
        AnsiConsole.Console = Interactive(TextWriter.Synchronized(_output));
        AnsiConsole.Profile.Width = 120;
    }

    public void Dispose() => AnsiConsole.Console = _before;

    [Fact]
    public void SecondTrainingAtTheSameTime_WritesLines()
    {
        History? inner = null;
        Inner callback = new(() => inner = new Line(2).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, Verbosity = Verbosity.ProgressBar }));
        History outer = new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, Verbosity = Verbosity.ProgressBar, Callbacks = [callback] });
        Assert.Equal((2, 2), (outer.Epochs, inner!.Epochs));
        Assert.Matches("epoch 2/2  [0-9.]+ s  loss ", _output.ToString());
        Assert.Contains("100%", _output.ToString(), StringComparison.Ordinal);

        // The console was given back.
        _output.GetStringBuilder().Clear();
        new Line(1).Fit(FitTests.LineData(64), new FitOptions { Verbosity = Verbosity.ProgressBar });
        Assert.Contains("100%", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DisplayOfTheUsers_IsNotDisturbed()
    {
        History? history = null;
        AnsiConsole.Status().Start("busy", _ => history = new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, Verbosity = Verbosity.ProgressBar }));
        Assert.Equal(2, history!.Epochs);
        Assert.Matches("epoch 2/2  [0-9.]+ s  loss ", _output.ToString());
    }

    [Fact]
    public void CallbackThatTells_WritesBesideTheBars()
    {
        new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, Verbosity = Verbosity.ProgressBar, Callbacks = [new LearningRateScheduler(epoch => 0.25 / (epoch + 1), verbose: true)] });
        Assert.Contains("epoch 1/2  learning rate 0.2500\n", _output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("epoch 2/2  learning rate 0.1250\n", _output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("100%", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(200)]
    public void ManyMetrics_StayOnOneLinePerEpoch(int width)
    {
        AnsiConsole.Profile.Width = width;
        FitOptions options = new()
        {
            Epochs = 3,
            BatchSize = 4,
            Verbosity = Verbosity.ProgressBar,
            Metrics = [new MeanAbsoluteError(), new RootMeanSquaredError(), new RSquared(), new MeanAbsoluteError("an_error_with_a_long_name"), new RSquared("another_one_of_them")],
            Callbacks = [new LambdaCallback(onBatchEnd: _ => Thread.Sleep(8))],
        };
        new Line(1).Fit(FitTests.LineData(64), options);
        string[] drawn = ControlSequence().Replace(_output.ToString(), "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(drawn.Length > 6, $"{drawn.Length}");
        Assert.All(drawn, line => Assert.Matches($"^epoch [123]/3.*[0-9]%  {EvaluationTests.TimeLeft}$", line));
        Assert.All(drawn, line => Assert.InRange(line.Length, 20, width - 1));
        Assert.Contains("100%  00:00:00", drawn[^1], StringComparison.Ordinal);
        Assert.Contains("  loss ", drawn[^1], StringComparison.Ordinal);
        Assert.Equal(width == 200, drawn[^1].Contains("another_one_of_them", StringComparison.Ordinal));
        Assert.Equal(width < 200, drawn[^1].Contains("  ...", StringComparison.Ordinal));

        // One line stays of each epoch, and no blank one between.
        Assert.Equal(3, _output.ToString().Count(c => c == '\n'));
        Assert.DoesNotContain("\n\n", ControlSequence().Replace(_output.ToString(), "").Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, "epoch 1/3  loss 0.1000  mae 0.2000")]
    [InlineData(34, "epoch 1/3  loss 0.1000  mae 0.2000")]
    [InlineData(33, "epoch 1/3  loss 0.1000  ...")]
    [InlineData(26, "epoch 1/3  ...")]
    [InlineData(12, "epoch 1/3  .")]
    [InlineData(0, "")]
    public void Description_LosesItsLastParts(int width, string expected) => Assert.Equal(expected, ProgressLine.Fit(["epoch 1/3", "loss 0.1000", "mae 0.2000"], width));

    [Fact]
    public void StreamOfUnknownLength_CountsItsBatches()
    {
        Dataset data = Dataset.FromStream<Line, int>(Enumerable.Range(0, 64), static (item, sample) => sample.FloatInput()[0] = item % 3);
        new Line(1).Fit(data, new FitOptions { BatchSize = 4, Verbosity = Verbosity.ProgressBar, Optimizer = new Sgd(1e-3), Callbacks = [new LambdaCallback(onBatchEnd: _ => Thread.Sleep(20))] });
        Assert.Matches("epoch 1/1  batch [0-9]+  loss [0-9.e-]+  mae .* --%  --:--:--", ControlSequence().Replace(_output.ToString(), ""));
    }

    [Fact]
    public void ConsoleThatCannotDrawAgain_GetsLines()
    {
        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(_output) });
        Assert.IsType<LineDisplay>(FitDisplay.Create(new FitOptions { Verbosity = Verbosity.ProgressBar }, plain, isRedirected: false));
    }

    [Fact]
    public void RedirectedConsole_GetsLines()
    {
        FitOptions bar = new() { Verbosity = Verbosity.ProgressBar };
        Assert.IsType<LineDisplay>(FitDisplay.Create(bar, Interactive(Console.Out), isRedirected: true));
        Assert.IsType<FitDisplay>(FitDisplay.Create(new FitOptions(), Interactive(Console.Out), isRedirected: true));
        FitDisplay display = FitDisplay.Create(bar, Interactive(Console.Out), isRedirected: false);
        Assert.IsType<ProgressBarDisplay>(display);
        Assert.IsType<LineDisplay>(FitDisplay.Create(bar, Interactive(Console.Out), isRedirected: false));
        Assert.IsType<FitDisplay>(FitDisplay.Create(new FitOptions(), Interactive(Console.Out), isRedirected: false));
        display.Close();
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence();

    private static IAnsiConsole Interactive(TextWriter output)
        => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });

    private sealed class Inner(Action act) : Callback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context is { Epoch: 0, Batch: 0 })
            {
                act();
            }
        }
    }
}

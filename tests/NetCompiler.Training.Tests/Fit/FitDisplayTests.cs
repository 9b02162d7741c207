using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>The tests that replace the console, which is one for the whole process.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleCollection;

/// <summary>What is shown where the console is taken or is a file.</summary>
[Collection("console")]
public sealed class FitDisplayTests : IDisposable
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

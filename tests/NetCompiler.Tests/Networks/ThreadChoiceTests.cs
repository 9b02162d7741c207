using Xunit;

namespace NetCompiler.Tests.Networks;

/// <summary>On a clock of the test's own, which each call moves by what it takes.</summary>
public class ThreadChoiceTests
{
    private readonly Clock _clock = new();
    private readonly ThreadChoice _choice;

    public ThreadChoiceTests() => _choice = new ThreadChoice(_clock);

    [Theory]
    [InlineData(60, 100)]
    [InlineData(100, 60)]
    public void Begin_OfTwoSteadyWays_TakesTheFasterOne(int shared, int alone)
    {
        Run(100, shared, alone);

        Assert.InRange(SharedOf(1000, shared, alone), shared < alone ? 950 : 0, shared < alone ? 1000 : 50);
    }

    [Fact]
    public void Begin_WhereWhatFollowsMakesSharingTheSlowerWay_CountsIt()
    {
        // The gradients are faster when they are shared, the step behind them is far slower.
        Run(100, shared: 60, alone: 90, sharedStep: 90, aloneStep: 10);

        Assert.InRange(SharedOf(1000, shared: 60, alone: 90, sharedStep: 90, aloneStep: 10), 0, 50);
    }

    [Fact]
    public void Begin_WhenTheMachineChanges_ChangesWithinSomeCalls()
    {
        // Far ahead for long: the other way is not due for thousands of calls.
        Run(6000, shared: 50, alone: 100);

        Assert.InRange(SharedOf(40, shared: 160, alone: 100), 1, 30);
        Assert.InRange(SharedOf(1000, shared: 160, alone: 100), 0, 50);
    }

    [Fact]
    public void Begin_WhereTheSlowerWayHasBecomeTheFasterOne_FindsItInSomeSeconds()
    {
        // Ten milliseconds a step: the slower way would not be due for forty seconds.
        Run(20_000, shared: 200_000, alone: 100_000);

        Assert.InRange(SharedOf(700, shared: 50_000, alone: 100_000), 150, 699);
        Assert.InRange(SharedOf(1000, shared: 50_000, alone: 100_000), 950, 1000);
    }

    [Fact]
    public void Begin_WhenBothWaysSlowDownAlike_StaysWithTheFasterOne()
    {
        Run(6000, shared: 50, alone: 100);

        Assert.InRange(SharedOf(1000, shared: 150, alone: 300), 950, 1000);
    }

    [Fact]
    public void End_OfACallThatFailed_IsNotMissed()
    {
        Run(100, shared: 60, alone: 100);
        for (int i = 0; i < 50; i++)
        {
            _choice.Begin(1);
            _clock.Now += 1_000_000;
        }

        Assert.InRange(SharedOf(100, shared: 60, alone: 100), 90, 100);
    }

    private void Run(int calls, int shared, int alone, int sharedStep = 0, int aloneStep = 0) => SharedOf(calls, shared, alone, sharedStep, aloneStep);

    /// <summary>How many of so many calls were shared.</summary>
    private int SharedOf(int calls, int shared, int alone, int sharedStep = 0, int aloneStep = 0)
    {
        int count = 0;
        for (int i = 0; i < calls; i++)
        {
            bool isShared = _choice.Begin(1);
            _clock.Now += isShared ? shared : alone;
            _choice.End();
            if (sharedStep + aloneStep > 0)
            {
                _clock.Now += isShared ? sharedStep : aloneStep;
                _choice.End();
            }

            // The caller's own time, which is nobody's.
            _clock.Now += 1000;
            count += isShared ? 1 : 0;
        }

        return count;
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        // A tick is 100 ns.
        public override long TimestampFrequency => 10_000_000;

        public override long GetTimestamp() => Now;
    }
}

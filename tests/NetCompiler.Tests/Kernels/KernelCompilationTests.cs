using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Kernels are compiled ahead of their first call, by another thread, and nothing that goes wrong there reaches anybody.</summary>
public class KernelCompilationTests
{
    [Fact]
    public void Methods_AreCompiledWithoutACall()
    {
        using Compiled compiled = new();
        bool hasBegun = false;
        KernelCompilation.Begin(ref hasBegun, typeof(Kernels), $"{nameof(Kernels.First)},{nameof(Kernels.Second)}");
        Assert.Equal(Environment.ProcessorCount > 1, hasBegun);
        if (hasBegun)
        {
            compiled.WaitFor(nameof(Kernels.First));
            compiled.WaitFor(nameof(Kernels.Second));
        }
    }

    [MulticoreFact]
    public void MethodsThatAreMissingOrAmbiguous_ArePassedOver()
    {
        using Compiled compiled = new();
        bool hasBegun = false;
        KernelCompilation.Begin(ref hasBegun, typeof(Kernels), $"Missing,{nameof(Kernels.Twice)},,{nameof(Kernels.Third)}");
        Assert.True(hasBegun);
        compiled.WaitFor(nameof(Kernels.Third));
    }

    [MulticoreFact]
    public void SecondTime_DoesNothing()
    {
        using Compiled compiled = new();
        bool hasBegun = true, isFirst = false;
        KernelCompilation.Begin(ref hasBegun, typeof(Kernels), nameof(Kernels.Never));
        KernelCompilation.Begin(ref isFirst, typeof(Kernels), nameof(Kernels.Fourth));
        Assert.True(isFirst);

        // The newest program goes first; once the thread has been idle, the older one is done too.
        compiled.WaitFor(nameof(Kernels.Fourth));
        bool isAfter = false;
        KernelCompilation.Begin(ref isAfter, typeof(Kernels), nameof(Kernels.Fifth));
        compiled.WaitFor(nameof(Kernels.Fifth));
        Assert.False(compiled.Has(nameof(Kernels.Never)));
    }

    private static class Kernels
    {
        internal static int First(int x) => x + 1;

        internal static int Second(int x) => x + 2;

        internal static int Third(int x) => x + 3;

        internal static int Fourth(int x) => x + 4;

        internal static int Fifth(int x) => x + 5;

        internal static int Never(int x) => x + 6;

        internal static int Twice(int x) => x + 7;

        internal static int Twice(long x) => (int)x + 8;
    }

    /// <summary>The methods that the runtime compiles, by its own events.</summary>
    private sealed class Compiled : EventListener
    {
        private const int JitKeyword = 0x10;
        private readonly ConcurrentDictionary<string, bool> _names = new();

        public bool Has(string method) => _names.ContainsKey(method);

        public void WaitFor(string method) => Assert.True(SpinWait.SpinUntil(() => Has(method), TimeSpan.FromSeconds(60)), $"{method} was not compiled.");

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, (EventKeywords)JitKeyword);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) == true && eventData.Payload is [_, _, _, _, _, _, string type, string method, ..]
                && type.EndsWith("KernelCompilationTests+Kernels", StringComparison.Ordinal))
            {
                _names?.TryAdd(method, true);
            }
        }
    }
}

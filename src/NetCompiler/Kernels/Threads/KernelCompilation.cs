using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// Has the kernels of a program compiled by a thread of its own, so that they are ready, or half of them are, when the program is first called: while weights are made or
/// read, one core would wait for the other. Nothing happens ahead of time, where the code is native already, and on a single core.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelCompilation
{
    // The newest last. A network is made while its program starts: nothing here needs another library, or takes the list apart, on the caller's thread.
    private static readonly List<Program> Waiting = [];
    private static bool _isRunning;

    /// <summary>Whether nothing is being compiled or waits for it: for those who count what a process allocates.</summary>
    internal static bool IsIdle
    {
        get
        {
            lock (Waiting)
            {
                return !_isRunning;
            }
        }
    }

    /// <summary>Begins to compile, the first time only; returns at once.</summary>
    /// <param name="hasBegun">Whether this has been called before.</param>
    /// <param name="kernels">The class of the kernels.</param>
    /// <param name="methods">Names of its private methods, separated by commas, in the order in which they are compiled.</param>
    public static void Begin(ref bool hasBegun, Type kernels, string methods)
    {
        if (hasBegun || !RuntimeFeature.IsDynamicCodeCompiled || Environment.ProcessorCount == 1)
        {
            return;
        }

        hasBegun = true;
        lock (Waiting)
        {
            Waiting.Add(new Program(kernels, methods));
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        try
        {
            new Thread(Run) { IsBackground = true, Name = "NetCompiler kernel compilation" }.Start();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // Then kernels are compiled when they are called.
            lock (Waiting)
            {
                Waiting.Clear();
                _isRunning = false;
            }
        }
    }

    // A method of the newest program each time: that one is called next.
    private static void Run()
    {
        while (true)
        {
            Type kernels;
            string? method = null;
            lock (Waiting)
            {
                while (Waiting.Count > 0 && (method = Waiting[^1].Next()) is null)
                {
                    Waiting.RemoveAt(Waiting.Count - 1);
                }

                if (method is null)
                {
                    _isRunning = false;
                    return;
                }

                kernels = Waiting[^1].Kernels;
            }

            Compile(kernels, method);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A method that was trimmed is called by nobody: it need not be compiled.")]
    private static void Compile(Type kernels, string method)
    {
        try
        {
            if (kernels.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is { } found)
            {
                RuntimeHelpers.PrepareMethod(found.MethodHandle);
            }
        }
        catch (Exception)
        {
            // Whoever calls it is told.
        }
    }

    private sealed class Program(Type kernels, string methods)
    {
        private int _start;

        public Type Kernels { get; } = kernels;

        /// <summary>The name of the next method; null at the end.</summary>
        public string? Next()
        {
            if (_start > methods.Length)
            {
                return null;
            }

            int comma = methods.IndexOf(',', _start), end = comma < 0 ? methods.Length : comma;
            string method = methods[_start..end];
            _start = end + 1;
            return method;
        }
    }
}

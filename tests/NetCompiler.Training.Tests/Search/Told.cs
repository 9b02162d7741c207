namespace NetCompiler.Tests.Training.Search;

/// <summary>Tells at once, on the thread that reports.</summary>
internal sealed class Told<T>(Action<T> act) : IProgress<T>
{
    public void Report(T value) => act(value);
}

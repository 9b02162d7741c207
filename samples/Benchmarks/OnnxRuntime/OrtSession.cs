namespace Benchmarks.OnnxRuntime;

/// <summary>A model that ONNX Runtime has read, which computes on so many threads.</summary>
internal sealed unsafe class OrtSession(OrtApi api, string modelPath, int threads) : IDisposable
{
    public void* Handle { get; } = api.CreateSession(File.ReadAllBytes(modelPath), threads);

    public void Dispose() => api.ReleaseSession(Handle);
}

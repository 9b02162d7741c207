namespace Benchmarks.OnnxRuntime;

/// <summary>A model that ONNX Runtime has read, on one thread.</summary>
internal sealed unsafe class OrtSession(OrtApi api, string modelPath) : IDisposable
{
    public void* Handle { get; } = api.CreateSession(File.ReadAllBytes(modelPath), threads: 1);

    public void Dispose() => api.ReleaseSession(Handle);
}

using System.Runtime.InteropServices;
using Benchmarks.Networks;

namespace Benchmarks.OnnxRuntime;

/// <summary>An input and an output matrix of a session in aligned native memory, wrapped once: a call then only computes.</summary>
internal sealed unsafe class OrtMatrices : IDisposable
{
    private readonly OrtApi _api;
    private readonly float* _x, _y;
    private readonly int _inputLength, _outputLength;
    private readonly void* _input, _output;

    public OrtMatrices(OrtApi api, int samples, int inputLength, int outputLength, ImageShape? image = null)
    {
        _api = api;
        _inputLength = samples * inputLength;
        _outputLength = samples * outputLength;
        _x = (float*)NativeMemory.AlignedAlloc((nuint)_inputLength * sizeof(float), 64);
        _y = (float*)NativeMemory.AlignedAlloc((nuint)_outputLength * sizeof(float), 64);
        _input = image is null ? api.CreateTensor(_x, samples, inputLength) : api.CreateTensor(_x, samples, image.Channels, image.Height, image.Width);
        _output = api.CreateTensor(_y, samples, outputLength);
    }

    public Span<float> Input => new(_x, _inputLength);

    public ReadOnlySpan<float> Output => new(_y, _outputLength);

    /// <summary>One prediction of all samples.</summary>
    public void Run(OrtSession session) => _api.Run(session.Handle, _input, _output);

    public void Dispose()
    {
        _api.ReleaseValue(_input);
        _api.ReleaseValue(_output);
        NativeMemory.AlignedFree(_x);
        NativeMemory.AlignedFree(_y);
    }
}

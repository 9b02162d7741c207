using System.Runtime.InteropServices;
using Benchmarks.Networks;

namespace Benchmarks.OnnxRuntime;

/// <summary>The inputs and outputs of a session in aligned native memory, wrapped once: a call then only computes.</summary>
internal sealed unsafe class OrtMatrices : IDisposable
{
    private readonly OrtApi _api;
    private readonly ImageShape? _image;
    private readonly int _inputLength, _outputLength;
    private readonly void* _x, _input, _output;
    private readonly float* _y;

    public OrtMatrices(OrtApi api, int samples, NetworkCase network)
        : this(api, samples, network.InputLength, network.OutputLength, areTokens: network.Vocabulary > 0, network.Image)
    {
    }

    public OrtMatrices(OrtApi api, int samples, int inputLength, int outputLength, bool areTokens = false, ImageShape? image = null)
    {
        _api = api;
        _image = image;
        _inputLength = samples * inputLength;
        _outputLength = samples * outputLength;
        _x = NativeMemory.AlignedAlloc((nuint)_inputLength * (nuint)(areTokens ? sizeof(long) : sizeof(float)), 64);
        _y = (float*)NativeMemory.AlignedAlloc((nuint)_outputLength * sizeof(float), 64);
        _input = areTokens ? api.CreateTensor((long*)_x, samples, inputLength)
            : _image is null ? api.CreateTensor((float*)_x, samples, inputLength)
            : api.CreateTensor((float*)_x, samples, _image.Channels, _image.Height, _image.Width);
        _output = api.CreateTensor(_y, samples, outputLength);
    }

    public ReadOnlySpan<float> Output => new(_y, _outputLength);

    /// <summary>Writes the inputs as the model declares them: images channels-first, tokens in 64 bits.</summary>
    public void Fill(BatchInput input)
    {
        if (input.Tokens.Length > 0)
        {
            Fill(input.Tokens);
        }
        else
        {
            Fill(input.Floats);
        }
    }

    /// <summary>Writes tokens as the model declares them: in 64 bits.</summary>
    public void Fill(ReadOnlySpan<int> tokens)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            ((long*)_x)[i] = tokens[i];
        }
    }

    /// <summary>Writes values as the model declares them: images channels-first.</summary>
    public void Fill(float[] values) => (_image?.ToPeer(values) ?? values).CopyTo(new Span<float>(_x, _inputLength));

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

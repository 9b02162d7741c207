using Benchmarks.Networks;
using Benchmarks.OnnxRuntime;
using Benchmarks.PeerFiles;

namespace Benchmarks.Contenders;

/// <summary>ONNX Runtime on the same networks, called through its C API with tensors wrapped beforehand: it predicts, it does not train.</summary>
internal sealed class OnnxRuntimeContender(OrtApi api, PeerFolder peers) : IContender
{
    private readonly Dictionary<(string Network, int Threads), OrtSession> _sessions = [];
    private readonly List<OrtMatrices> _matrices = [];

    public string Name => ContenderNames.OnnxRuntime;

    public void Predict(NetworkCase network, int samples, BatchInput input, float[] output)
    {
        using var matrices = new OrtMatrices(api, samples, network);
        matrices.Fill(input);
        matrices.Run(SessionOf(network, threads: 1));
        matrices.Output.CopyTo(output);
    }

    public Action<long>? Predictions(NetworkCase network, int batch, int threads, BatchInput input, float[] output)
    {
        OrtSession session = SessionOf(network, threads);
        var matrices = new OrtMatrices(api, batch, network);
        _matrices.Add(matrices);
        matrices.Fill(input);
        return count =>
        {
            for (long i = 0; i < count; i++)
            {
                matrices.Run(session);
            }
        };
    }

    public Action<long>? DependentPredictions(NetworkCase network, BatchInput input, float[] output) => null;

    public Action<long>? TrainingSteps(NetworkCase network, int batch, int threads, BatchInput input, BatchTarget target) => null;

    public void Dispose()
    {
        _matrices.ForEach(matrices => matrices.Dispose());
        foreach (OrtSession session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private OrtSession SessionOf(NetworkCase network, int threads)
    {
        if (!_sessions.TryGetValue((network.Name, threads), out OrtSession? session))
        {
            session = new OrtSession(api, peers.Model(network.PeerName), threads);
            _sessions.Add((network.Name, threads), session);
        }

        return session;
    }
}

namespace NetCompiler;

/// <summary>Makes interpreters of networks: <c>DynamicNetwork.From(network)</c> in float, <c>From&lt;double&gt;(network)</c> in double.</summary>
public static class DynamicNetwork
{
    /// <summary>Makes an interpreter in float with a copy of the network's present weights.</summary>
    /// <exception cref="ArgumentException">The network lacks a weight that its description names.</exception>
    public static DynamicNetwork<float> From(INetwork network) => From<float>(network);

    /// <summary>Makes an interpreter in float or double with a copy of the network's present weights.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <exception cref="ArgumentException">The network lacks a weight that its description names.</exception>
    public static DynamicNetwork<T> From<T>(INetwork network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        DynamicNetwork<T> result = new(network.Description, network.Weights.ToDictionary(view => view.Name, view => view.ToArray())) { Seed = network.Seed };
        return result;
    }
}

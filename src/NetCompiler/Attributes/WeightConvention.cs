namespace NetCompiler;

/// <summary>Whose names and shapes a weight file follows.</summary>
public enum WeightConvention
{
    /// <summary>Ours: dense1.kernel, in Keras's shapes.</summary>
    NetCompiler,

    /// <summary>
    /// Keras's paths of variables: dense/kernel, numbered from no suffix, _1, ...; lstm/lstm_cell/kernel, bidirectional/forward_lstm/lstm_cell/kernel,
    /// multi_head_attention/query/kernel with an axis of heads.
    /// </summary>
    Keras,

    /// <summary>
    /// PyTorch's: 0.weight (out, in), 0.bias, channels first: kernels are transposed, what follows a flattened image is permuted, the two biases of a recurrent layer are
    /// summed (a GRU keeps both, its gates are reordered), weight_ih_l1 and on from there are the next recurrent layers, in_proj_weight is cut in three.
    /// Modules are paired with layers by their names, or in the order of their numbers where they are of one kind; otherwise Renames says which is which.
    /// </summary>
    PyTorch,
}

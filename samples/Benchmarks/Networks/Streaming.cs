using NetCompiler;

namespace Benchmarks.Networks;

/// <summary>One LSTM over frames of 64 numbers, as in a live audio effect: its weights fit the second-level cache.</summary>
[Network]
[Input(16, 64)]
[Lstm(64, ReturnSequences = true)]
public partial class Lstm64;

/// <summary>The same with a GRU.</summary>
[Network]
[Input(16, 64)]
[Gru(64, ReturnSequences = true)]
public partial class Gru64;

/// <summary>An LSTM whose weights nearly fit the first-level cache.</summary>
[Network]
[Input(16, 32)]
[Lstm(32, ReturnSequences = true)]
public partial class Lstm32;

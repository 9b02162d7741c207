using System.Text.Json.Serialization;

namespace Samples;

/// <summary>What the page shows of the network.</summary>
/// <param name="Name">The class.</param>
/// <param name="Summary">The table of its layers.</param>
/// <param name="Parameters">The number of trained values.</param>
public sealed record NetworkSummary(string Name, string Summary, int Parameters);

/// <summary>The JSON of the answers, written by generated code.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(NetworkSummary))]
public sealed partial class WebJson : JsonSerializerContext;

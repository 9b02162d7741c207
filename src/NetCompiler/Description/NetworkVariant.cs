namespace NetCompiler;

/// <summary>One combination of a network's <see cref="ChoiceAttribute">choices</see>: an architecture that was compiled.</summary>
/// <param name="Name">The name of its nested class, as <c>Units64</c>; of the class's own combination what that name would be.</param>
/// <param name="Choices">The value of every choice by the name of its parameter.</param>
/// <param name="Description">Its layers, shapes, weights and losses.</param>
/// <param name="Create">Makes such a network from a seed.</param>
public sealed record NetworkVariant(string Name, IReadOnlyDictionary<string, int> Choices, NetworkDescription Description, Func<int, INetwork> Create);

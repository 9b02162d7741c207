using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Schedule.Templates;

/// <summary>A gradient is added to what is there if the caller says so, or if another kernel of the same call wrote the first part of it.</summary>
internal static class Accumulation
{
    /// <summary>Declares a sum of its own, so that the value stays what it is for whoever else stores or reads it, and adds what is there where the flag is set.</summary>
    public static IEnumerable<Statement> Of(string name, VectorExpression value, string accumulate, VectorExpression there) => [new Let(name, value), Into(name, accumulate, there)];

    /// <summary>Adds what is there to a declared vector where the flag is set.</summary>
    public static When Into(string name, string accumulate, VectorExpression there) => new(accumulate, [new Set(name, new Apply(Elementwise.Add.Value, [new Name(name), there]))]);
}

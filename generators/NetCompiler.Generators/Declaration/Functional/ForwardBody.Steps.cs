using Microsoft.CodeAnalysis.Operations;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>TimeDistributed.</content>
internal sealed partial class ForwardBody
{
    /// <summary>The block over every step of the first axis, with the same weights.</summary>
    private Evaluated? Distribute(IInvocationOperation call, Scope scope) => Unsupported(call);
}

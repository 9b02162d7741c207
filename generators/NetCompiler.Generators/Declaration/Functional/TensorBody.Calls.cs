using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Graph.Losses;

namespace NetCompiler.Generators.Declaration.Functional;

/// <content>Calls: of blocks, of Tensor and of Math.</content>
internal sealed partial class TensorBody
{
    private Evaluated? Invoke(IInvocationOperation call, Scope scope)
    {
        IMethodSymbol method = call.TargetMethod;
        if (LossMethodReader.IsTensor(method.ContainingType))
        {
            return method.Name switch
            {
                "Share" => Share(call, scope),
                "TimeDistributed" => Distribute(call, scope),
                "BatchSum" or "BatchMean" when dialect != TensorDialect.Loss => Unsupported(call, "sums and means over the axes of a sample; those over the batch belong in loss methods"),
                _ => CallLayer(method.Name, call, scope),
            };
        }

        if (LossMethodReader.IsLosses(method.ContainingType) && dialect == TensorDialect.Loss)
        {
            return CallLayer(LossMethodRules.LossPrefix + method.Name, call, scope);
        }

        if (method.MethodKind == MethodKind.DelegateInvoke && call.Instance is { } instance)
        {
            return Evaluate(instance, scope) is not { } callee ? null
                : callee is BlockValue block ? CallWith(block, call, scope)
                : Unsupported(call);
        }

        if (ScalarFormulas.IsMathematics(method.ContainingType))
        {
            return Arguments(call, scope) is not { } numbers ? null
                : numbers.Count == 1 && numbers[0] is TensorValue setting ? CallOfSetting(setting, call)
                : numbers.All(number => number is KnownValue) && KnownArithmetic.Call(method.Name, [.. numbers.Cast<KnownValue>()]) is { } result ? result
                : Unsupported(call);
        }

        return call.Instance is null or IInstanceReferenceOperation && BlockOf(method, call, scope) is { } found ? CallWith(found, call, scope) : Unsupported(call);
    }

    /// <summary>A function of a number known at run time only, as a loss's setting is: the operation of its name.</summary>
    private Evaluated? CallOfSetting(TensorValue setting, IInvocationOperation call)
        => dialect.Find(call.TargetMethod.Name) is TensorOperationRule { Options.Count: 0 } rule && rule.Kind != "Map" ? AddOperation(rule.Kind, [setting], call) : Unsupported(call);

    private Evaluated? CallWith(BlockValue block, IInvocationOperation call, Scope scope)
        => Arguments(call, scope) is not { } arguments ? null
            : arguments.Count != block.Method.Parameters.Length ? Unsupported(call)
            : Call(block, arguments, call);

    /// <summary>The arguments of a call in the order of the parameters, or null.</summary>
    private IReadOnlyList<Evaluated>? Arguments(IInvocationOperation call, Scope scope)
    {
        var values = new Evaluated?[call.TargetMethod.Parameters.Length];
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None } parameter)
            {
                Unsupported(argument);
                return null;
            }

            if (Evaluate(argument.Value, scope) is not { } value)
            {
                return null;
            }

            values[parameter.Ordinal] = value;
        }

        if (!values.Contains(null))
        {
            return [.. values.Select(value => value!)];
        }

        Silent(); // the compiler misses an argument
        return null;
    }

    /// <summary>A method, local function or lambda as something to call; null with a finding where it cannot be read.</summary>
    private BlockValue? BlockOf(IMethodSymbol method, IOperation at, Scope scope)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return scope.Find(method) as BlockValue ?? Unsupported(at) as BlockValue;
        }

        if (method is not { IsStatic: true, MethodKind: MethodKind.Ordinary, Arity: 0 } || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
        {
            return Unsupported(at) as BlockValue;
        }

        bool isHere = method.DeclaringSyntaxReferences.Any(reference => !GeneratedTrees.Contains(reference.SyntaxTree) && reading.Compilation.ContainsSyntaxTree(reference.SyntaxTree));
        if (isHere)
        {
            return BodyOf(method) is { } body ? new BlockValue(method, body, null) : null;
        }

        bool isOfTensors = LossMethodReader.IsTensor(method.ReturnType) || method.Parameters.Any(parameter => LossMethodReader.IsTensor(parameter.Type));
        return (isOfTensors && !LossMethodReader.IsLosses(method.ContainingType)
            ? Fail("NC0601", at.Syntax.GetLocation(), $"{method.ContainingType.Name}.{method.Name}", method.ContainingAssembly?.Name ?? "")
            : Unsupported(at)) as BlockValue;
    }

    /// <summary>Tensor.Share: the same block, whose calls remember the layers of the first one.</summary>
    private Evaluated? Share(IInvocationOperation call, Scope scope)
        => Arguments(call, scope) is not { } arguments ? null
            : arguments[0] is BlockValue block ? block with { Shared = new SharedLayers() }
            : Unsupported(call);
}

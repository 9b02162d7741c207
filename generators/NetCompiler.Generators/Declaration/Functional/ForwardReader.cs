using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>The Forward method of a network: its inputs, the layers that its body calls, and its outputs.</summary>
internal static class ForwardReader
{
    /// <summary>The Forward method of a class without layer attributes, or null; overloads are reported.</summary>
    public static IMethodSymbol? Find(Reading reading, DeclaredAttributes declared)
    {
        IMethodSymbol[] methods =
        [
            .. reading.Type.GetMembers("Forward").OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary && GeneratedTrees.IsWrittenByUser(method)),
        ];
        if (declared.Layers.Count > 0)
        {
            if (methods.FirstOrDefault(IsOfTensors) is { } beside)
            {
                reading.Report("NC0013", beside.Locations[0], reading.Type.Name, $"layers as attributes, [{DeclaredAttributes.KindOf(declared.Layers[0])}] first");
            }

            return null;
        }

        if (methods.Length == 0)
        {
            return null;
        }

        IMethodSymbol forward = methods.FirstOrDefault(IsOfTensors) ?? methods[0];
        if (methods.Length > 1)
        {
            reading.Report("NC0012", methods.First(method => !SymbolEqualityComparer.Default.Equals(method, forward)).Locations[0], reading.Type.Name);
        }

        if (declared.Inputs.Count > 0)
        {
            reading.Report("NC0013", declared.Inputs[0], "", reading.Type.Name, $"[{DeclaredAttributes.KindOf(declared.Inputs[0])}] on the class; write it before a parameter");
        }

        return forward;
    }

    /// <summary>Reads the method for one value of each of its choices, in their order.</summary>
    public static ForwardNetwork Read(Reading reading, IMethodSymbol forward, IReadOnlyList<int> choices)
    {
        EquatableArray<InputSpec> inputs = ForwardSignature.Inputs(reading, forward);
        var layers = new LayerCollector(reading, inputs);
        reading.Places.Outputs.AddRange(ForwardSignature.OutputPlaces(forward));
        string[] outputs = [.. ForwardSignature.OutputNames(forward)];
        TensorValue[]? values = null;
        if (!reading.IsFaulty)
        {
            var body = new TensorBody(reading, layers, new LayerNames(reading), TensorDialect.Forward);
            values = Tensors(body.Run(forward, Arguments(forward, choices)), outputs.Length);
            if (values is null && !reading.IsFaulty)
            {
                reading.Report("NC0403", forward.Locations[0], "An output that is no tensor, such as null,", TensorDialect.Forward.Allowed);
            }
        }

        for (int i = 0; values is not null && i < values.Length; i++)
        {
            if (layers.IsToken(values[i].Index))
            {
                reading.Report("NC0232", forward.Locations[0], "output " + outputs[i], layers.OriginOf(values[i].Index));
            }
        }

        return new ForwardNetwork(inputs, new EquatableArray<LayerSpec>(layers.Layers), outputs.Select((name, i) => new OutputSpec(name, values?[i].Index ?? 0)).ToArray())
        {
            HasOutputs = values is not null,
        };
    }

    private static Evaluated[] Arguments(IMethodSymbol forward, IReadOnlyList<int> choices)
    {
        int tensor = 0, choice = 0;
        return [.. forward.Parameters.Select(parameter => ForwardSignature.IsChoice(parameter) ? (Evaluated)new KnownValue(choices[choice++]) : new TensorValue(tensor++))];
    }

    private static TensorValue[]? Tensors(Evaluated? result, int outputs) => result switch
    {
        TensorValue tensor when outputs == 1 => [tensor],
        TupleValue tuple when tuple.Items.Count == outputs && tuple.Items.All(item => item is TensorValue) => [.. tuple.Items.Cast<TensorValue>()],
        _ => null,
    };

    private static bool IsOfTensors(IMethodSymbol method)
        => LossMethodReader.IsTensor(method.ReturnType) || method.Parameters.Any(parameter => LossMethodReader.IsTensor(parameter.Type))
            || (method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => LossMethodReader.IsTensor(element.Type)));
}

/// <summary>What a Forward method declares.</summary>
internal sealed record ForwardNetwork(EquatableArray<InputSpec> Inputs, EquatableArray<LayerSpec> Layers, EquatableArray<OutputSpec> Outputs)
{
    /// <summary>Whether the outputs are the method's: after a mistake in it, they only stand in.</summary>
    public bool HasOutputs { get; init; } = true;

    /// <summary>The shape of an output, or null where a mistake hides it.</summary>
    public Shape? OutputShape(Reading reading, int output) => HasOutputs ? reading.Places.Shapes[Outputs[output].Value] : null;
}

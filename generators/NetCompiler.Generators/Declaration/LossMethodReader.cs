using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration.Functional;
using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Declaration;

/// <summary>A loss written as a method: per element, of floats, or of tensors with targets and settings.</summary>
internal static class LossMethodReader
{
    /// <summary>The loss with its targets and code, or null with a finding.</summary>
    public static LossSpec? Read(Reading reading, AttributeData attribute, LossSpec loss, ForwardNetwork network, LossOutputs outputs, int? named)
    {
        IReadOnlyList<IMethodSymbol> methods = UserMethods.Find(reading.Type, loss.Method);
        if (methods.Count == 0 && reading.HasCompilerError(DeclaredPlaces.Of(attribute, "Method", reading.CancellationToken)))
        {
            reading.IsFaulty = true; // nameof of nothing
            return null;
        }

        if (methods.Count == 0)
        {
            reading.Report("NC0302", attribute, "Method", loss.Method, reading.Type.Name);
            return null;
        }

        if (methods.Any(UserMethods.HasErrors))
        {
            reading.IsFaulty = true; // the compiler reports the types
            return null;
        }

        string? mistake = methods.Count > 1 ? "is overloaded" : FunctionReader.IsFunction(methods[0], 2) ? null : Mistake(methods[0], network.Outputs.Count);
        if (mistake is not null)
        {
            reading.Report("NC0303", attribute, "Method", methods.Count > 1 ? loss.Method : UserMethods.Describe(methods[0]), mistake);
            return null;
        }

        bool isPerElement = FunctionReader.IsFunction(methods[0], 2);
        IParameterSymbol[] judged = isPerElement ? [methods[0].Parameters[0]] : [.. methods[0].Parameters.Where(parameter => IsTensor(parameter.Type) && !IsTarget(parameter))];
        if (outputs.Of(attribute, judged, named) is not { } indices)
        {
            return null;
        }

        Shape?[] shapes = [.. indices.Select(index => network.OutputShape(reading, index))];
        loss = loss with { Outputs = indices };
        return isPerElement ? ReadPerElement(reading, loss, methods[0], shapes[0]) : ReadTensors(reading, loss, methods[0], network, shapes);
    }

    private static LossSpec ReadPerElement(Reading reading, LossSpec loss, IMethodSymbol method, Shape? output) => loss with
    {
        Targets = new[] { new TargetSpec(NameOf(method.Parameters[1]), output?.Sizes ?? default, 0) },
        Function = FunctionReader.Read(reading, method),
    };

    private static LossSpec ReadTensors(Reading reading, LossSpec loss, IMethodSymbol method, ForwardNetwork network, Shape?[] outputs)
    {
        TargetSpec[] targets = [.. method.Parameters.Where(IsTarget).Select(parameter => TargetOf(parameter))];
        SettingSpec[] settings = [.. method.Parameters.Where(IsSetting).Select(SettingOf)];
        LossSpec read = loss with { Targets = targets, Settings = settings };
        foreach (IParameterSymbol parameter in method.Parameters.Where(IsTarget))
        {
            Shape shape = new(TargetOf(parameter).Shape.ToArray());
            if (shape.Rank == 0 || shape.Sizes.Any(size => size < 1))
            {
                reading.Report("NC0210", parameter.Locations[0], shape.ToString());
                return read;
            }
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (IsSetting(parameter) && (double.IsNaN(SettingOf(parameter).Default) || double.IsInfinity(SettingOf(parameter).Default)))
            {
                reading.Report("NC0205", parameter.Locations[0], parameter.Name, "NaN or infinite");
                return read;
            }
        }

        if (outputs.Contains(null))
        {
            return read;
        }

        Shape?[] shapes = [.. outputs, .. targets.Select(target => (Shape?)new Shape(target.Shape.ToArray())), .. settings.Select(_ => (Shape?)Shape.Scalar)];
        InputSpec[] inputs = [.. method.Parameters.Select(parameter => new InputSpec(NameOf(parameter), default))];
        string[] activations = [.. loss.Outputs.Select(output => OutputRange.Activation(network.Inputs.Count, network.Layers, reading.Places.Shapes, network.Outputs[output].Value))];
        var operations = new LossCollector(reading, inputs, shapes, activations);
        var body = new TensorBody(reading, operations, new LayerNames(reading), TensorDialect.Loss);
        if (body.Result(method, [.. inputs.Select((_, i) => new TensorValue(i))]) is not { } result)
        {
            return read;
        }

        if (operations.ShapeOf(result.Index) is { Length: not 1 } returned)
        {
            reading.Report("NC0310", method.Locations[0], method.Name, returned.ToString());
        }

        // What comes after the result is not needed for it.
        return read with { Operations = new EquatableArray<LayerSpec>(operations.Layers.Take(result.Index + 1 - inputs.Length)) };
    }

    /// <summary>What is wrong with the signature of a loss of tensors, or null.</summary>
    private static string? Mistake(IMethodSymbol method, int outputs)
    {
        if (!method.IsStatic || method.Arity > 0)
        {
            return "must be static and not generic";
        }

        if (!IsTensor(method.ReturnType))
        {
            return "must return Tensor";
        }

        int stage = 0;
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            int own = parameter switch
            {
                { RefKind: not RefKind.None } => -1,
                _ when IsTensor(parameter.Type) => IsTarget(parameter) ? 1 : 0,
                { Type.SpecialType: SpecialType.System_Single } when IsSetting(parameter) => 2,
                _ => -1,
            };
            if (own < 0)
            {
                return $"has the parameter {parameter.Name}, which is neither a Tensor nor a [Setting(..)] float";
            }

            if (own < stage || (own == 0 && i >= outputs))
            {
                return own == 0
                    ? $"has the parameter {parameter.Name}, a target without a shape: write [Input(..)] before it"
                    : $"has the parameter {parameter.Name} out of order: outputs, then targets, then settings";
            }

            stage = own;
        }

        return method.Parameters.Length == 0 || !IsTensor(method.Parameters[0].Type) || IsTarget(method.Parameters[0])
            ? "must begin with the output, a Tensor without [Input]"
            : null;
    }

    public static bool IsTensor(ITypeSymbol? type)
        => type is { Name: "Tensor", ContainingType: null, ContainingNamespace: { Name: "NetCompiler", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether it is the class Losses.</summary>
    public static bool IsLosses(ITypeSymbol? type)
        => type is { Name: "Losses", ContainingType: null, ContainingNamespace: { Name: "NetCompiler", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether the parameter is a target with its shape.</summary>
    public static bool IsTarget(IParameterSymbol parameter) => Find(parameter, "Input") is not null || Find(parameter, "Tokens") is not null;

    /// <summary>Whether the parameter is a number of the training's.</summary>
    public static bool IsSetting(IParameterSymbol parameter) => Find(parameter, "Setting") is not null;

    private static AttributeData? Find(IParameterSymbol parameter, string kind)
        => parameter.GetAttributes().FirstOrDefault(attribute => DeclaredAttributes.KindOf(attribute) == kind);

    /// <summary>The target that a parameter with [Input] or [Tokens] is.</summary>
    public static TargetSpec TargetOf(IParameterSymbol parameter)
    {
        if (Find(parameter, "Tokens") is { } tokens)
        {
            object? length = tokens.ConstructorArguments.FirstOrDefault().Value;
            object? vocabulary = tokens.NamedArguments.FirstOrDefault(argument => argument.Key == "Vocabulary").Value.Value;
            return new TargetSpec(NameOf(parameter), new[] { length as int? ?? 0 }, Math.Max(vocabulary as int? ?? 1, 1));
        }

        TypedConstant shape = Find(parameter, "Input")!.ConstructorArguments.FirstOrDefault();
        return new TargetSpec(NameOf(parameter), shape.Kind == TypedConstantKind.Array ? OptionReader.Integers(shape) : default, 0);
    }

    /// <summary>The number of the training's that a parameter with [Setting] is.</summary>
    public static SettingSpec SettingOf(IParameterSymbol parameter)
        => new(NameOf(parameter), Find(parameter, "Setting")!.ConstructorArguments.FirstOrDefault().Value as double? ?? 0);

    /// <summary>The parameter's name; a half-typed one has none yet, but a span must have one.</summary>
    public static string NameOf(IParameterSymbol parameter) => parameter.Name.Length > 0 ? parameter.Name : $"parameter{parameter.Ordinal}";
}

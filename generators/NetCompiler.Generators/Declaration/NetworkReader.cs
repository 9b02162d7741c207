using Microsoft.CodeAnalysis;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Reads a class marked [Network] into the model that everything generated is a function of. Reruns on every keystroke: it looks at the
/// class's attributes, and at bodies only of the methods that they name.
/// </summary>
internal static class NetworkReader
{
    /// <summary>Never throws but for cancellation: anything unforeseen is the finding NC9999.</summary>
    public static DeclarationResult Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var reading = new Reading(type, cancellationToken);
        try
        {
            NetworkSpec? spec = ClassShape.Check(reading) ? ReadNetwork(reading) : null;
            return new DeclarationResult(spec, reading.Findings, reading.Places);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            reading.Report("NC9999", reading.ClassLocation, "the reading of the declaration", type.Name, $"{exception.GetType().Name}: {exception.Message}");
            return new DeclarationResult(null, reading.Findings, reading.Places);
        }
    }

    /// <summary>
    /// The model for one part of the class marked [Network], or null where another part stands for the class: a half-typed source can bear
    /// the attribute twice, and each class is generated once.
    /// </summary>
    public static NetworkSpec? ReadSpec(INamedTypeSymbol type, SyntaxNode part, CancellationToken cancellationToken)
    {
        AttributeData? first = DeclaredAttributes.Of(type).Network;
        SyntaxNode? owner = first?.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent;
        return owner == part ? Read(type, cancellationToken).Spec : null;
    }

    private static NetworkSpec ReadNetwork(Reading reading)
    {
        DeclaredAttributes declared = DeclaredAttributes.Of(reading.Type);
        string format = ReadFormat(reading, declared);
        ClassMembers.Check(reading, declared);
        SourceOrder.Check(reading, declared);

        InputSpec input = CheckForm(reading, declared) ? InputReader.Read(reading, declared) : new InputSpec("input", default);
        EquatableArray<LayerSpec> layers = LayerReader.Read(reading, declared, input);
        EquatableArray<OutputSpec> outputs = new[] { new OutputSpec("output", layers.Count) };
        EquatableArray<LossSpec> losses = LossReader.Read(reading, declared, layers, outputs);
        return StandIns.Apply(new NetworkSpec
        {
            Namespace = reading.Type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "",
            Containers = ClassShape.Containers(reading.Type),
            Name = reading.Type.Name,
            UserMembers = ClassMembers.Names(reading.Type),
            WeightFormat = format,
            Inputs = new[] { input },
            Layers = layers,
            Outputs = outputs,
            Losses = losses,
            IsFaulty = reading.IsFaulty || reading.Places.Shapes.Any(shape => shape is null), // a layer that the compiler does not know leaves no finding of ours
        });
    }

    /// <summary>A network without layers is one mistake, not also one without an input.</summary>
    private static bool CheckForm(Reading reading, DeclaredAttributes declared)
    {
        if (declared.Layers.Count > 0)
        {
            return true;
        }

        if (reading.Type.GetMembers("Forward").FirstOrDefault(GeneratedTrees.IsWrittenByUser) is IMethodSymbol { IsStatic: true } forward)
        {
            reading.Report("NC0010", forward.Locations[0], reading.Type.Name);
        }
        else if (declared.KnownLayers == int.MaxValue)
        {
            reading.Report("NC0207", reading.ClassLocation, reading.Type.Name);
        }

        reading.IsFaulty = true;
        return declared.Inputs.Count > 0;
    }

    private static string ReadFormat(Reading reading, DeclaredAttributes declared)
    {
        const string Default = "Float32";
        if (declared.Network is not { } network
            || OptionReader.Read(reading, network, [new OptionSpec("Weights", OptionType.Enumeration, 0, "WeightFormat." + Default, default)]) is not { } options)
        {
            return Default;
        }

        string format = options[0].Text.Substring("WeightFormat.".Length);
        if (format != Default)
        {
            reading.Report("NC0201", network, "Weights", reading.Type.Name, "Weights", "WeightFormat." + format, "WeightFormat.Float32, all that can be generated so far");
        }

        return format;
    }
}

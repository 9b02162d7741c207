using Microsoft.CodeAnalysis;
using NetCompiler.Generators.Declaration.Functional;

namespace NetCompiler.Generators.Declaration;

/// <summary>
/// Reads a class marked [Network] into the model that everything generated is a function of. Reruns on every keystroke: it looks at the
/// class's attributes, and at bodies only of Forward and of the methods that attributes and Forward name.
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
        foreach (AttributeData namesake in declared.Namesakes)
        {
            reading.Report("NC0015", namesake, "", namesake.AttributeClass!.ToDisplayString());
        }

        HiddenNames.Check(reading);
        (string format, int variants) = ReadOptions(reading, declared);
        SourceOrder.Check(reading, declared);
        IMethodSymbol? forward = ForwardReader.Find(reading, declared);
        ClassMembers.Check(reading, declared, format);
        NetworkSpec spec = new()
        {
            Namespace = reading.Type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "",
            Containers = ClassShape.Containers(reading.Type),
            Name = reading.Type.Name,
            Keyword = ClassShape.Keyword(reading.Type),
            TypeParameters = ClassShape.TypeParameters(reading.Type),
            IsStatic = reading.Type.IsStatic,
            UserMembers = ClassMembers.Names(reading.Type),
            WeightFormat = format,
            IsFunctional = forward is not null,
        };
        NetworkSpec read = forward is null
            ? Complete(reading, declared, spec, ReadSequential(reading, declared))
            : VariantReader.Read(reading, forward, spec, variants, (own, choices) => Complete(own, declared, spec, ForwardReader.Read(own, forward, choices)));
        return read with { Collisions = [.. reading.Collisions.Distinct()], BaseCall = reading.BaseCall };
    }

    /// <summary>The spec with what one form of declaration gives, and the losses.</summary>
    private static NetworkSpec Complete(Reading reading, DeclaredAttributes declared, NetworkSpec spec, ForwardNetwork network)
    {
        var names = new SpanNames(reading);
        network = network with { Inputs = names.Check(network.Inputs), Outputs = names.Check(network.Outputs) };
        ClassMembers.CheckSpans(reading, network);
        EquatableArray<LossSpec> losses = LossReader.Read(reading, declared, network, names);
        return StandIns.Apply(spec with
        {
            Inputs = network.Inputs,
            Layers = network.Layers,
            Outputs = network.Outputs,
            Losses = losses,
            IsFaulty = reading.IsFaulty || reading.Places.Shapes.Any(shape => shape is null), // a layer that the compiler does not know leaves no finding of ours
        });
    }

    private static ForwardNetwork ReadSequential(Reading reading, DeclaredAttributes declared)
    {
        InputSpec input = CheckForm(reading, declared) ? InputReader.Read(reading, declared) : new InputSpec("input", default);
        EquatableArray<LayerSpec> layers = LayerReader.Read(reading, declared, input);
        reading.Places.Outputs.Add(reading.ClassLocation);
        return new ForwardNetwork(new[] { input }, layers, new[] { new OutputSpec("output", layers.Count) });
    }

    /// <summary>A network without layers is one mistake, not also one without an input.</summary>
    private static bool CheckForm(Reading reading, DeclaredAttributes declared)
    {
        if (declared.Layers.Count > 0)
        {
            return true;
        }

        if (declared.KnownLayers == int.MaxValue)
        {
            reading.Report("NC0207", reading.ClassLocation, reading.Type.Name);
        }

        reading.IsFaulty = true;
        return declared.Inputs.Count > 0;
    }

    private static (string Format, int Variants) ReadOptions(Reading reading, DeclaredAttributes declared)
    {
        const string Default = "Float32";
        const int MostVariants = 32;
        OptionSpec[] defaults =
        [
            new("Weights", OptionType.Enumeration, 0, "WeightFormat." + Default, default),
            new("MaxVariants", OptionType.Integer, MostVariants, "", default),
        ];
        if (declared.Network is not { } network || OptionReader.Read(reading, network, defaults) is not { } options)
        {
            return (Default, MostVariants);
        }

        return (options[0].Text.Substring("WeightFormat.".Length), (int)options[1].Number);
    }
}

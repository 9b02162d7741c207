namespace NetCompiler.Generators.Declaration;

/// <summary>
/// A network as declared: the model that the incremental generator caches. Strings, numbers and equatable arrays only: no symbol, no
/// syntax, no location. Everything generated is a pure function of it.
/// </summary>
/// <remarks>Values are numbered: the inputs first, then one value per layer.</remarks>
internal sealed record NetworkSpec
{
    /// <summary>The namespace, empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The declarations around a nested class, outermost first, each as <c>partial class Outer</c>; their type parameters without spaces.</summary>
    public EquatableArray<string> Containers { get; init; }

    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>The word of its declaration: class, or for a faulty network record, struct or record struct.</summary>
    public string Keyword { get; init; } = "class";

    /// <summary>A faulty network's type parameters, as <c>&lt;T,U&gt;</c>.</summary>
    public string TypeParameters { get; init; } = "";

    /// <summary>A faulty network's class is static, and so is all that can be generated for it.</summary>
    public bool IsStatic { get; init; }

    /// <summary>The words with which a part of the class begins.</summary>
    public string Part => $"partial {Keyword} {Keywords.Escape(Name)}{TypeParameters}";

    /// <summary>Names of members that the user's part declares, so that helper names can avoid them.</summary>
    public EquatableArray<string> UserMembers { get; init; }

    /// <summary>Members of the user's that collide with generated ones, which makes the network faulty; methods with their parameters' types.</summary>
    public EquatableArray<string> Collisions { get; init; }

    /// <summary>What a faulty network's constructor must call: base(default(int)!) where the base has none without parameters, this(..) where the class has a primary one.</summary>
    public string BaseCall { get; init; } = "";

    /// <summary>Float32, BFloat16 or Int8.</summary>
    public string WeightFormat { get; init; } = "Float32";

    public EquatableArray<InputSpec> Inputs { get; init; }

    public EquatableArray<LayerSpec> Layers { get; init; }

    public EquatableArray<OutputSpec> Outputs { get; init; }

    public EquatableArray<LossSpec> Losses { get; init; }

    /// <summary>Declared by a Forward method, which the generated part mentions.</summary>
    public bool IsFunctional { get; init; }

    /// <summary>Where Forward has choices: all combinations, the class's own first.</summary>
    public EquatableArray<VariantSpec> Variants { get; init; }

    /// <summary>A combination of choices: a nested class, of which the user writes no part.</summary>
    public bool IsVariant { get; init; }

    /// <summary>The declaration has an error that a diagnostic names: members are emitted with throwing bodies.</summary>
    public bool IsFaulty { get; init; }

    /// <summary>The project asks for a comment file with every stage (MSBuild property NetCompilerExplain).</summary>
    public bool Explain { get; init; }
}

/// <summary>One combination of choices.</summary>
/// <param name="Name">The nested class's name: Units64Depth2.</param>
/// <param name="Choices">The value of every choice.</param>
/// <param name="Network">The nested network; null for the first combination, which is the class itself.</param>
internal sealed record VariantSpec(string Name, EquatableArray<ChoiceSpec> Choices, NetworkSpec? Network);

/// <summary>The value of a choice.</summary>
internal sealed record ChoiceSpec(string Name, int Value);

/// <summary>An input. Vocabulary 0 means floats.</summary>
internal sealed record InputSpec(string Name, EquatableArray<int> Shape, int Vocabulary = 0, int Padding = -1);

/// <summary>An output: the number of its value. Name is "output" where there is one.</summary>
internal sealed record OutputSpec(string Name, int Value);

/// <summary>One layer with every option of its kind, defaults included.</summary>
/// <param name="Kind">The attribute's name without "Attribute": Dense, Activation, Dropout.</param>
/// <param name="Name">The resolved name: dense1, hidden.</param>
/// <param name="Operands">The numbers of the values it reads.</param>
/// <param name="Source">The source text of the attribute or expression, quoted in generated comments.</param>
internal sealed record LayerSpec(string Kind, string Name, EquatableArray<int> Operands, EquatableArray<OptionSpec> Options, string Source)
{
    /// <summary>Names under which older files hold the layer.</summary>
    public EquatableArray<string> FormerNames { get; init; }

    /// <summary>The vocabulary of the token input that the layer reads, or 0 where it reads floats.</summary>
    public int Vocabulary { get; init; }

    /// <summary>The index of the layer whose weights this one uses, or -1 for its own. Both have the same name and the same weights' shapes.</summary>
    public int SharedWith { get; init; } = -1;

    /// <summary>The user's scalar function of ActivationMethod, or of Map.</summary>
    public FunctionSpec? Function { get; init; }
}

/// <summary>An option: exactly one of the value fields counts, by Type.</summary>
internal sealed record OptionSpec(string Name, OptionType Type, double Number, string Text, EquatableArray<int> Integers);

/// <summary>What an option's value is.</summary>
internal enum OptionType
{
    /// <summary>An int in Number.</summary>
    Integer,

    /// <summary>A double in Number; NaN means "not given".</summary>
    Real,

    /// <summary>0 or 1 in Number.</summary>
    Boolean,

    /// <summary>The member's name in Text, the enumeration's name in front: "Activation.Relu".</summary>
    Enumeration,

    /// <summary>A string in Text.</summary>
    Text,

    /// <summary>An int[] in Integers.</summary>
    IntegerList,
}

/// <summary>One [Loss].</summary>
/// <param name="Kind">The Loss member's name, or empty for a method.</param>
/// <param name="Method">The user's method's name, or empty for a kind.</param>
internal sealed record LossSpec(string Kind, string Method)
{
    /// <summary>The indices of the judged outputs.</summary>
    public EquatableArray<int> Outputs { get; init; }

    /// <summary>The targets the loss reads: for a built-in loss one, for a method its own. A name used by two losses is one target.</summary>
    public EquatableArray<TargetSpec> Targets { get; init; }

    public double Weight { get; init; } = 1;

    public bool FromLogits { get; init; }

    public double LabelSmoothing { get; init; }

    public double Delta { get; init; } = 1;

    /// <summary>A per-element loss method of (output, target).</summary>
    public FunctionSpec? Function { get; init; }

    /// <summary>A tensor loss method. Values are numbered: outputs, targets, settings, then one per operation; the last is the loss.</summary>
    public EquatableArray<LayerSpec> Operations { get; init; }

    public EquatableArray<SettingSpec> Settings { get; init; }
}

/// <summary>A target. Classes > 0 means class indices, one int per distribution.</summary>
internal sealed record TargetSpec(string Name, EquatableArray<int> Shape, int Classes);

/// <summary>A [Setting] parameter of a loss method.</summary>
internal sealed record SettingSpec(string Name, double Default);

/// <summary>A user's scalar function as straight-line code over the scalar primitives; the last instruction is the result.</summary>
/// <param name="Method">The method as generated code may call it from inside the class: Swish or Namespace.Class.Swish.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Source">The body as written, for comments.</param>
internal sealed record FunctionSpec(string Method, EquatableArray<string> Parameters, EquatableArray<ScalarInstruction> Instructions, string Source);

/// <summary>
/// One scalar operation. Operands are numbered: the parameters first, then the instructions.
/// Operation is a member's name of Ops.ScalarOperation, as "Add", "Exp", "Constant" (the value in Number), "Select" (condition, then, else), "Less".
/// </summary>
internal sealed record ScalarInstruction(string Operation, EquatableArray<int> Operands, double Number = 0);

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The fields, the constructors, and what a network is besides its weights.</summary>
internal static class StateMembers
{
    public static void Write(MemberWriter writer)
    {
        WriteFields(writer);
        WriteConstructors(writer);
        const string metadata = "global::System.Collections.Generic.IDictionary<string, string>";
        if (writer.IsFaulty)
        {
            writer.Property("/// <summary>The seed of the weights.</summary>", "public int Seed", "");
            writer.Property("/// <summary>Texts stored with the weights.</summary>", $"public {metadata} Metadata", "");
            return;
        }

        writer.Line("""
            /// <summary>The seed that initialised the weights and from which a training takes its own unless told otherwise.</summary>
            public int Seed { get; }

            """);
        writer.Line($$"""
            /// <summary>Texts stored with the weights: class names, a vocabulary, the version of the data.</summary>
            public {{metadata}} Metadata { get; } = new {{MemberNames.Runtime}}.NetworkMetadata();

            """);
    }

    /// <summary>The field of the parameters' arena.</summary>
    public static string Parameters(MemberWriter writer) => writer.Names.Own("_parameters");

    /// <summary>The field of the statistics' arena.</summary>
    public static string Statistics(MemberWriter writer) => writer.Names.Own("_statistics");

    /// <summary>The field of what inference derives from the weights.</summary>
    public static string Derived(MemberWriter writer) => writer.Names.Own("_derived");

    /// <summary>The field that knows which rows of a derived table there are.</summary>
    public static string Rows(MemberWriter writer, int table) => writer.Names.Own("_derivedRows" + NumberText.Integer(table));

    /// <summary>The pool of scratch for single samples.</summary>
    public static string OneScratch(MemberWriter writer) => writer.Names.Own("_oneScratch");

    /// <summary>The pool of scratch for many samples.</summary>
    public static string ManyScratch(MemberWriter writer) => writer.Names.Own("_manyScratch");

    /// <summary>The pool of outputs for Classify.</summary>
    public static string Outputs(MemberWriter writer) => writer.Names.Own("_classified");

    private static void WriteFields(MemberWriter writer)
    {
        writer.Private($"private readonly {MemberNames.Runtime}.WeightArena {Parameters(writer)} = new({NumberText.Integer(writer.Plan.ParameterLength)});");
        writer.Private($"private readonly {MemberNames.Runtime}.WeightArena {Statistics(writer)} = new({NumberText.Integer(writer.Plan.StatisticsLength)});");
        if (writer.Plan.DerivedLength > 0)
        {
            writer.Private($"private readonly {MemberNames.Runtime}.DerivedWeights {Derived(writer)} = new({NumberText.Integer(writer.Plan.DerivedLength)}, {NumberText.Integer(writer.Plan.PrepareScratch)});");
        }

        for (int table = 0; table < writer.Plan.DerivedRows.Count; table++)
        {
            writer.Private($"private readonly {MemberNames.Runtime}.DerivedRows {Rows(writer, table)} = new({NumberText.Integer(writer.Plan.DerivedRows[table].Count)});");
        }

        if (writer.Plan.PredictOneScratch > PredictMembers.StackFloats)
        {
            writer.Private($"private readonly {MemberNames.Runtime}.ScratchPool {OneScratch(writer)} = new({NumberText.Integer(writer.Plan.PredictOneScratch)});");
        }

        writer.Private($"private readonly {MemberNames.Runtime}.ScratchPool {ManyScratch(writer)} = new({NumberText.Integer(writer.Plan.PredictManyScratch)});");
        if (Enumerable.Range(0, writer.Names.Outputs.Count).Any(output => OutputMeanings.Of(writer.Plan, output) != OutputMeaning.None))
        {
            int floats = writer.Plan.PredictManyRows * writer.Names.Outputs.Sum(output => output.Length);
            writer.Private($"private readonly {MemberNames.Runtime}.ScratchPool {Outputs(writer)} = new({NumberText.Integer(floats)});");
        }

        writer.Private("");
    }

    private static void WriteConstructors(MemberWriter writer)
    {
        string name = MemberNames.TypeName(writer.Plan.Spec.Name);

        // Beside a faulty network's constructor from an int under another name, the seed is still found by its own.
        string beside = writer.Plan.Spec.Collisions.Contains(writer.Plan.Spec.Name + "(int)") ? ", object? standIn = null" : "";
        writer.Method(
            """
            /// <summary>Makes a network with fresh weights.</summary>
            /// <param name="seed">The seed of the weights: the same seed gives the same weights, everywhere.</param>
            """,
            $"public {name}(int seed = 0{beside})" + (!writer.IsFaulty ? " : this(seed, initialize: true)" : writer.Plan.Spec.BaseCall.Length > 0 ? " : " + writer.Plan.Spec.BaseCall : ""),
            "");
        if (!writer.IsFaulty)
        {
            writer.Method(
                "",
                $"private {name}(int seed, bool initialize)",
                $$"""
                {{MemberWriter.Dispatch("CompilePredictOne()")}}

                Seed = seed;
                Weights = new WeightSet({{Parameters(writer)}}, {{Statistics(writer)}});
                if (initialize)
                {
                    {{MemberNames.Runtime}}.WeightInitialization.Initialize(Description, Weights, seed);
                }
                """);
        }
    }
}

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The network's weights: as views, as plain memory, copied out and in.</summary>
internal static class WeightMembers
{
    private const string Transfer = MemberNames.Runtime + ".ParameterTransfer";

    public static void Write(MemberWriter writer)
    {
        string parameters = StateMembers.Parameters(writer), statistics = StateMembers.Statistics(writer), name = writer.Names.ClassName;
        string trained = NumberText.Integer(writer.Plan.Weights.Count(weight => weight.Spec.IsTrainable));
        const string doc = "/// <summary>All weights in logical order and shape: trained ones first, then statistics.</summary>";
        if (writer.IsFaulty)
        {
            writer.Property(doc, "public WeightSet Weights", "");
        }
        else
        {
            writer.Line(doc);
            writer.Line("public WeightSet Weights { get; }");
            writer.Line();
        }

        writer.Property(
            "/// <summary>The trained weights in internal order and with padding: for elementwise use only.</summary>",
            "public global::System.ReadOnlySpan<float> Parameters",
            parameters + ".Span");
        writer.Property(
            "/// <summary>The statistics (means, variances) in internal order and with padding: saved, not trained.</summary>",
            "public global::System.ReadOnlySpan<float> Statistics",
            statistics + ".Span");
        writer.Method(
            """
            /// <summary>Copies the trained weights in declaration order, each in its logical shape, row-major.</summary>
            /// <param name="destination"><see cref="ParameterCount"/> values.</param>
            /// <exception cref="global::System.ArgumentException">The destination has another length.</exception>
            """,
            "public void ExportParameters(global::System.Span<float> destination)",
            $"{Transfer}.ExportParameters(Weights, {trained}, destination)");
        writer.Method(
            """
            /// <summary>Overwrites the trained weights, given in the order of <see cref="ExportParameters"/>.</summary>
            /// <param name="source"><see cref="ParameterCount"/> values.</param>
            /// <exception cref="global::System.ArgumentException">The source has another length; nothing was changed.</exception>
            """,
            "public void ImportParameters(global::System.ReadOnlySpan<float> source)",
            $"{Transfer}.ImportParameters(Weights, {trained}, source)");
        WriteCopies(writer, name, parameters, statistics);
    }

    private static void WriteCopies(MemberWriter writer, string name, string parameters, string statistics)
    {
        writer.Method(
            "/// <summary>A network of its own with the same weights, statistics, metadata and seed.</summary>",
            $"public {name} Clone()",
            $$"""
            {{name}} clone = new(Seed, initialize: false);
            clone.CopyParametersFrom(this);
            foreach (global::System.Collections.Generic.KeyValuePair<string, string> entry in Metadata)
            {
                clone.Metadata.Add(entry);
            }

            return clone;
            """);
        writer.Method(
            """
            /// <summary>Moves all weights and statistics towards those of another network: value += fraction (source - value). 1 copies exactly; small fractions are Polyak averaging.</summary>
            /// <param name="source">The other network, which stays as it is.</param>
            /// <param name="fraction">Between 0 and 1.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
            """,
            $"public void CopyParametersFrom({name} source, double fraction = 1)",
            $$"""
            global::System.ArgumentNullException.ThrowIfNull(source);
            {{Transfer}}.Blend({{parameters}}, source.{{parameters}}, fraction);
            {{Transfer}}.Blend({{statistics}}, source.{{statistics}}, fraction);
            """);
    }
}

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The step's number, freezing, and the end of a training.</summary>
internal static class TrainingStateMembers
{
    public static void Write(MemberWriter writer)
    {
        const string doc = """
            /// <summary>The number of steps so far. Dropout and noise are a function of the seed and this number: Step, ComputeGradients and Forward in training mode use it, then add one.</summary>
            """;
        if (writer.IsFaulty)
        {
            writer.Line(doc);
            writer.Line($"public long StepIndex {{ get => {writer.Fault}; set => {writer.Fault}; }}");
        }
        else
        {
            writer.Line(doc);
            writer.Line("""
                /// <exception cref="global::System.ArgumentOutOfRangeException">The number is negative.</exception>
                /// <exception cref="global::System.ObjectDisposedException">The training was disposed.</exception>
                public long StepIndex
                {
                    get
                    {
                        _guard.RequireAlive();
                        return _stepIndex;
                    }
                    set
                    {
                        _guard.RequireAlive();
                        global::System.ArgumentOutOfRangeException.ThrowIfNegative(value);
                        _stepIndex = value;
                    }
                }

                private long _stepIndex;
                """);
        }

        writer.Line();
        writer.Line($"ulong {MemberNames.Runtime}.IRandomTraining.Seed => {(writer.IsFaulty ? writer.Fault : "_seed")};");

        writer.Line();
        const string names = """
            /// <param name="layers">Names of layers or blocks; none means all layers.</param>
            /// <exception cref="global::System.ArgumentException">The network has no such layer; nothing was changed.</exception>
            """;
        writer.Method(
            MemberWriter.Lines("/// <summary>Keeps the weights of the named layers as they are: updates pass over them.</summary>", names),
            "public void Freeze(params global::System.ReadOnlySpan<string> layers)",
            TrainingLossMembers.Guarded("_ranges.SetFrozen(layers, isFrozen: true);"));
        writer.Method(
            MemberWriter.Lines("/// <summary>Lets the weights of the named layers train again.</summary>", names),
            "public void Unfreeze(params global::System.ReadOnlySpan<string> layers)",
            TrainingLossMembers.Guarded("_ranges.SetFrozen(layers, isFrozen: false);"));
        writer.Property(
            "/// <inheritdoc/>",
            $"global::System.ReadOnlySpan<{MemberNames.Runtime}.ParameterRange> {MemberNames.Runtime}.IParameterRanges.ParameterRanges",
            "_ranges.Ranges");
        writer.Method(
            """
            /// <summary>Ends the training: every later call throws. The network keeps its weights.</summary>
            /// <exception cref="global::System.InvalidOperationException">A call is under way.</exception>
            """,
            "public void Dispose()",
            "_guard.Dispose();");
    }
}

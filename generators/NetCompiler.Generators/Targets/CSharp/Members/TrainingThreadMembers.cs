using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The private part of Training that shares programs between threads.</summary>
internal static class TrainingThreadMembers
{
    // The rows of a thread: kernels may write all lanes of a vector of samples, and no two threads may sum parts of one block.
    private const int RowTile = BlockSums.Samples;

    /// <summary>A stage's flag: threads share it.</summary>
    public const int Shared = 1;

    /// <summary>A stage's flag: only gradients of the weights come of it.</summary>
    public const int ForParameters = 2;

    /// <summary>A stage's flag: only gradients of the inputs come of it.</summary>
    public const int ForInputs = 4;

    /// <summary>A stage's flag: threads share single samples.</summary>
    public const int BySingles = 8;

    /// <summary>Runs a program on as many threads as its samples are worth.</summary>
    /// <param name="program">The kernels' method.</param>
    /// <param name="call">The name of the call.</param>
    public static string Run(string program, string call) => $$"""
        if (_work is not null)
        {
            _work.Run(ref {{call}}, TrainingWork.{{program}}, _buffers);
        }
        else
        {
        {{MemberWriter.Indent(MemberWriter.Dispatch($"{program}(ref {call})"))}}
        }
        """;

    public static void Write(MemberWriter writer)
    {
        string[] programs = Programs(writer.Plan);
        writer.Line($$"""
            /// <summary>
            /// A program on several threads, stage by stage. The caller's spans may lie in memory that moves, so they stay references in a struct on the caller's
            /// stack; the other threads reach that struct by its address, which is fixed until the stage has ended, and work on copies.
            /// </summary>
            private sealed class TrainingWork : {{MemberNames.Runtime}}.WorkItem
            {
                public const int {{string.Join(", ", programs.Select((program, i) => $"{program} = {NumberText.Integer(i)}"))}};

                private nint _call;
                private int _program;
                private int _unit;

                public void Run(ref TrainingCall call, int program, {{MemberNames.Runtime}}.TrainingBuffers buffers)
                {
                    int parts = buffers.Begin(program, call.Rows);
                    if (parts == 1)
                    {
                        Run(ref call, program);
                    }
                    else
                    {
                        RunStages(ref call, program, parts);
                    }

                    buffers.End();
                }

                private void RunStages(ref TrainingCall call, int program, int parts)
                {
                    _call = {{MemberNames.Unsafe}}.ByteOffset(ref {{MemberNames.Unsafe}}.NullRef<TrainingCall>(), ref call);
                    _program = program;
                    global::System.ReadOnlySpan<byte> stages = Stages(program);
                    for (call.Stage = 0; call.Stage < stages.Length; call.Stage++)
                    {
                        int stage = stages[call.Stage];
                        if (((stage & {{NumberText.Integer(ForParameters)}}) != 0 && !call.WantParameters) || ((stage & {{NumberText.Integer(ForInputs)}}) != 0 && !call.WantInputs))
                        {
                            continue;
                        }

                        if ((stage & {{NumberText.Integer(Shared)}}) != 0)
                        {
                            _unit = (stage & {{NumberText.Integer(BySingles)}}) != 0 ? 1 : {{NumberText.Integer(RowTile)}};
                            {{MemberNames.Runtime}}.Workers.Run(this, parts);
                        }
                        else
                        {
                            Run(ref call, program);
                        }
                    }
                }

                public override void Execute(int part, int parts)
                {
                    TrainingCall call = {{MemberNames.Unsafe}}.AddByteOffset(ref {{MemberNames.Unsafe}}.NullRef<TrainingCall>(), _call);
                    int share = (((call.Rows + parts - 1) / parts) + _unit - 1) / _unit * _unit;
                    call.First = global::System.Math.Min(part * share, call.Rows);
                    call.Count = global::System.Math.Min(share, call.Rows - call.First);
                    call.Part = part;
                    call.Parts = parts;
                    call.Scratch = ref {{MemberNames.Unsafe}}.Add(ref call.Scratch, (nint)part * {{NumberText.Integer(writer.Plan.ScratchFloats)}});
                    Run(ref call, _program);
                }

                private static global::System.ReadOnlySpan<byte> Stages(int program)
                {
            {{MemberWriter.Indent(MemberWriter.Lines(programs.Select(program => Case(program, $"return {MemberWriter.Choice(program + "Stages")};"))), 2)}}
                    return default;
                }

                private static void Run(ref TrainingCall call, int program)
                {
            {{MemberWriter.Indent(MemberWriter.Lines(programs.Select(program => Case(program, MemberWriter.Dispatch($"{program}(ref call)")))), 2)}}
                }
            }

            """);
    }

    private static string Case(string program, string body) => $$"""
        if (program == {{program}})
        {
        {{MemberWriter.Indent(body)}}
        }
        """;

    private static string[] Programs(NetworkPlan plan)
    {
        string[] losses = plan.Spec.Losses.Count > 0 ? ["Gradients", "Loss"] : [], inference = plan.UpdatesStatistics ? ["InferenceForward", "InferenceBackward"] : [];
        return [.. losses, "Forward", "Backward", .. inference];
    }
}

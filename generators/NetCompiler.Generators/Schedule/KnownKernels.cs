using System.Text;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Schedule.Memory;
using NetCompiler.Generators.Schedule.Nests;
using NetCompiler.Generators.Schedule.Templates;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// The kernels that were built for one machine. Layers repeat, and every program of a network goes through the same ones: a group that is like
/// one before gets its kernels, with its own places as arguments.
/// </summary>
/// <param name="remembers">False builds every group anew, which must give the same program.</param>
/// <param name="isBuilt">Hears of every new kernel, but for those of one sample, which may stand in the place of their calls.</param>
/// <param name="cancellationToken">Asked before every group: whoever types on no longer wants what was typed before.</param>
internal sealed class KnownKernels(bool remembers = true, Action<Kernel>? isBuilt = null, CancellationToken cancellationToken = default)
{
    private readonly Dictionary<GroupKey, Built> _built = [];
    private readonly OperationCodes _codes = new();

    /// <summary>The calls of a group, built by <paramref name="build"/> if no group was like it.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants them any more.</exception>
    public IReadOnlyList<ProgramCall> Of(ScheduleContext context, KernelGroup group, Place? transposed, Func<IEnumerable<ProgramCall>> build)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = new GroupKey(context, group, transposed, _codes);
        string origin = KernelNames.Of(group, "");
        if (remembers && _built.TryGetValue(key, out Built? known) && known.For(group, key, origin) is { } calls)
        {
            return calls;
        }

        ProgramCall[] own = [.. build()];
        if (isBuilt is not null && !context.IsSingleSample)
        {
            foreach (KernelCall call in own.OfType<KernelCall>())
            {
                isBuilt(call.Kernel);
            }
        }

        _built[key] = new Built(key, origin, own);
        return own;
    }

    /// <summary>The kernels of a group.</summary>
    private sealed class Built(GroupKey key, string origin, IReadOnlyList<ProgramCall> calls)
    {
        /// <summary>The calls for another group of equal key, or null where an argument is no place of the group's values.</summary>
        public IReadOnlyList<ProgramCall>? For(KernelGroup group, GroupKey other, string itsOrigin)
        {
            var own = new ProgramCall[calls.Count];
            for (int i = 0; i < own.Length; i++)
            {
                ProgramCall? call = calls[i] switch
                {
                    KernelCall kernel => Arguments(kernel.Arguments, other) is { } arguments
                        ? kernel with { Kernel = Named(kernel.Kernel, itsOrigin, other), Arguments = arguments } : null,
                    ClearCall clear => Moved(clear.Destination, other) is { } destination ? clear with { Destination = destination } : null,
                    _ => null,
                };
                if (call is null)
                {
                    return null;
                }

                own[i] = call with { Demand = group.Demand, IsBackward = group.IsBackward };
            }

            return own;
        }

        private Kernel Named(Kernel kernel, string itsOrigin, GroupKey other) =>
            new(itsOrigin + kernel.Name.Substring(origin.Length), Renumbered(kernel.Formula, other), kernel.Code);

        private ProgramArgument[]? Arguments(IReadOnlyList<ProgramArgument> arguments, GroupKey other)
        {
            var own = new ProgramArgument[arguments.Count];
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = arguments[i];
                if (arguments[i] is PlaceArgument argument)
                {
                    if (Moved(argument.Place, other) is not { } place)
                    {
                        return null;
                    }

                    own[i] = new PlaceArgument(place);
                }
            }

            return own;
        }

        private Place? Moved(Place place, GroupKey other)
        {
            int index = key.IndexOf(place);
            return index < 0 ? null : other.Places[index];
        }

        // Nodes are numbered through their graph: %12.
        private string Renumbered(string formula, GroupKey other)
        {
            var text = new StringBuilder(formula.Length);
            for (int i = 0; i < formula.Length; i++)
            {
                text.Append(formula[i]);
                if (formula[i] == '%')
                {
                    int id = 0;
                    for (; i + 1 < formula.Length && char.IsDigit(formula[i + 1]); i++)
                    {
                        id = (id * 10) + formula[i + 1] - '0';
                    }

                    int node = key.IndexOf(id);
                    text.Append(NumberText.Integer(node < 0 ? id : other.Nodes[node].Id));
                }
            }

            return text.ToString();
        }
    }
}

using NetCompiler.Generators.Schedule.Nests;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>The element at an address, in the text around it.</summary>
internal readonly struct AddressPart(Address address) : ISourcePart
{
    public void WriteTo(SourceWriter source)
    {
        if (address.Index is null)
        {
            if (address.Offset == 0)
            {
                source.Write(address.Reference);
            }
            else
            {
                source.Write($"Unsafe.Add(ref {address.Reference}, {address.Offset})");
            }

            return;
        }

        source.Write($"Unsafe.Add(ref {address.Reference}, ");
        if (address.Stride == 1)
        {
            source.Write(address.Index);
        }
        else
        {
            source.Write($"({address.Index} * {address.Stride})");
        }

        if (address.Offset != 0)
        {
            source.Write($" + {address.Offset}");
        }

        source.Write(")");
    }
}

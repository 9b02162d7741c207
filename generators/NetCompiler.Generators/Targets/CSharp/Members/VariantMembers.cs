using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Variants: every combination of the choices, and how each is made.</summary>
internal static class VariantMembers
{
    private const string Runtime = MemberNames.Runtime;
    private const string List = "global::System.Collections.Generic.IReadOnlyList<" + Runtime + ".NetworkVariant>";

    public static void Write(MemberWriter writer)
    {
        NetworkSpec spec = writer.Plan.Spec;
        if (spec.Variants.Count == 0)
        {
            return;
        }

        string field = writer.Names.Own("_variants");
        writer.Private($"private static {List}? {field};");
        writer.Private("");
        writer.Property(
            "/// <summary>Every combination of the choices of Forward, the one of this class first.</summary>",
            $"public static {List} Variants",
            $"{field} ??=\n[\n{string.Concat(spec.Variants.Select(variant => "    " + Variant(writer, variant) + ",\n"))}]");
    }

    private static string Variant(MemberWriter writer, VariantSpec variant)
    {
        string type = variant.Network is null ? writer.Names.ClassName : MemberNames.TypeName(variant.Name);
        string choices = string.Join(", ", variant.Choices.Select(choice => $"[{TextLiteral.Quote(choice.Name)}] = {NumberText.Integer(choice.Value)}"));
        return $"new({TextLiteral.Quote(variant.Name)}, new global::System.Collections.Generic.Dictionary<string, int> {{ {choices} }}, "
            + $"{(variant.Network is null ? "" : type + ".")}Description, static seed => new {type}(seed))";
    }
}

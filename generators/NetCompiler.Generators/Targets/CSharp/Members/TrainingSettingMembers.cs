using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>The run-time settings of loss methods: one property each, and by number.</summary>
internal static class TrainingSettingMembers
{
    private const string Interface = MemberNames.Runtime + ".ILossSettings";

    public static void Write(MemberWriter writer)
    {
        IReadOnlyList<SettingSpec> settings = writer.Plan.Settings;
        IReadOnlyList<string> names = writer.Names.Settings;
        for (int i = 0; i < settings.Count; i++)
        {
            writer.Line($"/// <summary>The setting <c>{settings[i].Name}</c> of a loss; {NumberText.Real(settings[i].Default).TrimEnd('d')} unless set.</summary>");
            writer.Line(writer.IsFaulty
                ? $"public float {names[i]} {{ get => {writer.Fault}; set => {writer.Fault}; }}"
                : $"public float {names[i]} {{ get; set; }} = {NumberText.Single(settings[i].Default)};");
            writer.Line();
        }

        if (!writer.IsFaulty)
        {
            writer.Line($"private static readonly string[] _settingNames = {TextLiteral.List(settings.Select(setting => setting.Name))};");
            writer.Line();
        }

        writer.Property("/// <inheritdoc/>", $"global::System.Collections.Generic.IReadOnlyList<string> {Interface}.SettingNames", "_settingNames");
        WriteIndexer(writer, names);
    }

    private static void WriteIndexer(MemberWriter writer, IReadOnlyList<string> names)
    {
        writer.Line("/// <inheritdoc/>");
        string signature = $"float {Interface}.this[int setting]";
        if (writer.IsFaulty)
        {
            writer.Line($"{signature} {{ get => {writer.Fault}; set => {writer.Fault}; }}");
            writer.Line();
            return;
        }

        string error = $"throw {MemberNames.Runtime}.GeneratedArguments.NoColumn(setting, \"setting\", string.Join(\", \", _settingNames))";
        using (writer.Block(signature))
        {
            using (writer.Block("get => setting switch", ";"))
            {
                for (int i = 0; i < names.Count; i++)
                {
                    writer.Line($"{NumberText.Integer(i)} => {names[i]},");
                }

                writer.Line($"_ => {error},");
            }

            writer.Line();
            using (writer.Block("set"))
            using (writer.Block("switch (setting)"))
            {
                for (int i = 0; i < names.Count; i++)
                {
                    writer.Line($"case {NumberText.Integer(i)}:");
                    writer.Line($"    {names[i]} = value;");
                    writer.Line("    break;");
                }

                writer.Line("default:");
                writer.Line($"    {error};");
            }
        }

        writer.Line();
    }
}

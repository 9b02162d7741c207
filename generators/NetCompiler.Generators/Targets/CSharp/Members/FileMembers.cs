namespace NetCompiler.Generators.Targets.CSharp.Members;

/// <summary>Weight files: Load, LoadWeights and Save.</summary>
internal static class FileMembers
{
    private const string Options = MemberNames.Runtime + ".WeightLoadOptions? options = null";
    private const string Report = MemberNames.Runtime + ".WeightLoadReport";
    private const string WeightFile = MemberNames.Runtime + ".WeightFile";

    private const string Refused = "/// <exception cref=\"" + MemberNames.Runtime + ".WeightFileException\">The file is damaged or belongs to another network.</exception>";
    private const string Unreadable = "/// <exception cref=\"" + MemberNames.Runtime + ".WeightFileException\">The file cannot be read, is damaged or belongs to another network.</exception>";
    private const string Absent =
        """
        /// <exception cref="global::System.IO.FileNotFoundException">There is no such file.</exception>
        /// <exception cref="global::System.IO.DirectoryNotFoundException">There is no such folder.</exception>
        """;

    private static readonly (string Type, string Name, string Summary, string Exceptions)[] Sources =
    [
        ("string", "path", "The file, safetensors or JSON: its contents tell.", Unreadable + "\n" + Absent),
        ("global::System.IO.Stream", "stream", "The file's contents, from the stream's position on.", Unreadable),
        ("global::System.ReadOnlySpan<byte>", "file", "The file's contents.", Refused),
    ];

    public static void Write(MemberWriter writer)
    {
        foreach ((string type, string name, string summary, string exceptions) in Sources)
        {
            writer.Method(
                $"""
                /// <summary>Makes a network with the weights of a file.</summary>
                /// <param name="{name}">{summary}</param>
                /// <param name="options">How the file is matched; strictly by default.</param>
                {exceptions}
                """,
                $"public static {writer.Names.ClassName} Load({type} {name}, {Options})",
                $$"""
                {{writer.Names.ClassName}} network = new(0, initialize: {{MemberNames.Runtime}}.GeneratedArguments.AllowsMissing(options));
                network.LoadWeights({{name}}, options);
                return network;
                """);
        }

        foreach ((string type, string name, string summary, string exceptions) in Sources)
        {
            writer.Method(
                $"""
                /// <summary>Reads weights into this network. Nothing is changed unless everything fits.</summary>
                /// <param name="{name}">{summary}</param>
                /// <param name="options">How the file is matched; strictly by default.</param>
                {exceptions}
                """,
                $"public {Report} LoadWeights({type} {name}, {Options})",
                $"{WeightFile}.Load(this, {name}, options)");
        }

        writer.Method(
            $"""
            /// <summary>Writes the weights to a file: safetensors, or JSON when the name ends in .json. An existing file is replaced only once the new one is complete.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="{MemberNames.Runtime}.WeightFileException">A weight is NaN or infinite, or the file cannot be written.</exception>
            """,
            "public void Save(string path)",
            $"{WeightFile}.Save(this, path)");
        writer.Method(
            $"""
            /// <summary>Writes the weights as safetensors.</summary>
            /// <param name="stream">Where to; it stays open.</param>
            /// <exception cref="{MemberNames.Runtime}.WeightFileException">A weight is NaN or infinite, and nothing was written; or the stream failed.</exception>
            """,
            "public void Save(global::System.IO.Stream stream)",
            $"{WeightFile}.Save(this, stream)");
    }
}

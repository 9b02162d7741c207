using Samples.Data;
using Spectre.Console;

namespace Samples;

/// <summary>Runs samples one after the other, each on all cores, and shows what they came to.</summary>
public static class SampleRuns
{
    private const int ShownLines = 8;
    private const int CanceledCode = 130;

    /// <summary>Whether a name means a sample: that of its folder, or the number that it begins with.</summary>
    public static bool IsNamed(ShortForm form, string name)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.Sample.Equals(name, StringComparison.OrdinalIgnoreCase) || form.Sample.Split('-')[0] == name;
    }

    /// <summary>Runs samples; one that fails keeps none of the others from running.</summary>
    /// <param name="forms">The samples.</param>
    /// <param name="output">The folder for what they write.</param>
    /// <param name="pictures">The folder that their pictures are copied to, or null.</param>
    /// <param name="cancellation">Ends the sample that runs, and leaves out the others.</param>
    /// <returns>0; 1 where a sample failed; 2 where a folder cannot be written; 130 where it was canceled.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<ShortForm> forms, string output, string? pictures, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(forms);
        List<SampleRun> runs = [];
        Dictionary<SampleRun, string> found = [];
        try
        {
            foreach (ShortForm form in forms)
            {
                Console.WriteLine($"{form.Sample} {form.Arguments}".TrimEnd());
                string folder = Path.Combine(output, form.Sample);
                SampleRun run = await SampleRun.StartAsync(form, AssemblyOf(form.Sample), folder, cancellation);
                runs.Add(run);
                found[run] = SamplePicture.Collect(form, folder, pictures);
                Console.WriteLine(FormattableString.Invariant($"  {run.Duration.TotalSeconds:0.0} s, {(run.ExitCode == 0 ? run.Reached : $"FAILED with exit code {run.ExitCode}")}"));
            }
        }
        catch (OperationCanceledException)
        {
            Show(runs, found, output, pictures);
            Console.WriteLine($"Canceled: {runs.Count} of {forms.Count} samples have run.");
            return CanceledCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }

        Show(runs, found, output, pictures);
        return runs.All(run => run.ExitCode == 0) ? 0 : 1;
    }

    /// <summary>The assembly of a sample, built beside this program in the same configuration.</summary>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    private static string AssemblyOf(string sample)
    {
        // samples/RunAll/bin/Release/net10.0
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), configuration = framework.Parent!;
        string samples = configuration.Parent!.Parent!.Parent!.FullName;
        string folder = Path.Combine(samples, sample, "bin", configuration.Name, framework.Name);

        // One that is published under a name of its own leaves the number out.
        string[] assemblies = [Path.Combine(folder, sample + ".dll"), Path.Combine(folder, sample[(sample.IndexOf('-', StringComparison.Ordinal) + 1)..] + ".dll")];
        return Array.Find(assemblies, File.Exists)
            ?? throw new FileNotFoundException($"{assemblies[0]} is missing; it is built with this program, by dotnet run --project samples/RunAll.");
    }

    /// <summary>What samples came to: a row for each, with the name of its picture alone, as paths would be broken by the width of a console.</summary>
    /// <param name="runs">The samples that have run.</param>
    /// <param name="found">Their pictures; empty where there is none.</param>
    public static Table Summarize(IReadOnlyList<SampleRun> runs, IReadOnlyDictionary<SampleRun, string> found)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(found);
        Table table = new Table().AddColumns(new TableColumn("sample").NoWrap(), new TableColumn("seconds"), new TableColumn("reached"), new TableColumn("picture").NoWrap());
        foreach (SampleRun run in runs)
        {
            table.AddRow(
                run.Form.Sample,
                FormattableString.Invariant($"{run.Duration.TotalSeconds:0.0}"),
                Markup.Escape(run.ExitCode == 0 ? run.Reached : FormattableString.Invariant($"FAILED with exit code {run.ExitCode}")),
                Markup.Escape(Path.GetFileName(found[run])));
        }

        return table;
    }

    private static void Show(List<SampleRun> runs, Dictionary<SampleRun, string> found, string output, string? pictures)
    {
        Summarize(runs, found).Show("samples in short form");
        Console.WriteLine($"what they wrote is in {Path.GetRelativePath(Environment.CurrentDirectory, output)}, a folder for each{(pictures is null ? "" : $"; pictures are copied to {pictures}")}");
        foreach (SampleRun run in runs.Where(run => run.ExitCode != 0))
        {
            Console.Error.WriteLine($"{run.Form.Sample} failed with exit code {run.ExitCode}; its last lines:");
            foreach (string line in run.Lines.TakeLast(ShownLines))
            {
                Console.Error.WriteLine($"  {line}");
            }
        }
    }
}

using System.CommandLine;
using Samples;
using Samples.Data;

var names = new Argument<string[]>("samples") { Description = "Some samples, as 01 or 01-Digits (default: all).", Arity = ArgumentArity.ZeroOrMore };
names.Validators.Add(result =>
{
    if ((result.GetValue(names) ?? []).FirstOrDefault(name => !ShortForm.All.Any(form => SampleRuns.IsNamed(form, name))) is { } unknown)
    {
        result.AddError($"There is no sample \"{unknown}\"; there are {string.Join(", ", ShortForm.All.Select(form => form.Sample))}.");
    }
});
var output = new Option<string>("--output", "-o") { Description = "The folder for what the samples write, a folder for each; a former run's is replaced.", DefaultValueFactory = _ => "artifacts/RunAll" };
var pictures = new Option<string?>("--pictures", "-p") { Description = "A folder that the most telling picture of each sample is copied to, as those of samples/pictures." };
var root = new RootCommand("Runs the samples in short form, one after the other, and tells what each reached.") { names, output, pictures };
root.SetAction((parsed, cancellation) =>
{
    string[] chosen = parsed.GetValue(names) ?? [];
    ShortForm[] forms = [.. ShortForm.All.Where(form => chosen.Length == 0 || chosen.Any(name => SampleRuns.IsNamed(form, name)))];
    return SampleRuns.RunAsync(forms, Path.GetFullPath(parsed.GetValue(output)!), parsed.GetValue(pictures), cancellation);
});

// Ctrl+C: the sample that runs has to end, and what the others came to is shown.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

using System.Runtime.CompilerServices;
using NetCompiler.Generators.Schedule;
using NetCompiler.Generators.Targets.CSharp.Members;

namespace NetCompiler.Generators.Tests.Targets.Members;

/// <summary>The emitted text as accepted files, for review; NETCOMPILER_ACCEPT=1 rewrites them.</summary>
public class MembersSnapshotTests
{
    [Fact]
    public void Classifier_IsAsAccepted() => AssertAccepted(MembersPlans.Classifier(), "Small");

    [Fact]
    public void Reviews_AreAsAccepted() => AssertAccepted(MembersPlans.Reviews(), "Reviews");

    private static void AssertAccepted(NetworkPlan plan, string name, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, name + ".verified.txt"), text = MembersWriter.Write(plan);
        if (Environment.GetEnvironmentVariable("NETCOMPILER_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}

using Xunit;

namespace NetCompiler.Tests.Packages;

/// <summary>A test of what only Release builds promise: a Debug build names the folder that its sources are in.</summary>
internal sealed class ReleaseFactAttribute : FactAttribute
{
    public ReleaseFactAttribute()
    {
        if (PackageFeed.Configuration != "Release")
        {
            Skip = $"The tests were built in {PackageFeed.Configuration}; run them with -c Release.";
        }
    }
}

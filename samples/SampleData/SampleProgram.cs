namespace Samples.Data;

/// <summary>What every sample's Program does around its run.</summary>
public static class SampleProgram
{
    /// <summary>Runs a sample; <c>--help</c> becomes one line and exit code 0, a wrong argument or unusable data one line and exit code 2, not a stack trace.</summary>
    public static int Run(Action sample)
    {
        try
        {
            sample();
            return 0;
        }
        catch (SampleHelpException help)
        {
            Console.WriteLine(help.Message);
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or KeyNotFoundException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }
}

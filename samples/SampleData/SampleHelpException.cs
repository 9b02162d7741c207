namespace Samples.Data;

/// <summary>A command line asks for the options of a sample; the message names them.</summary>
public sealed class SampleHelpException(string options) : Exception(options);

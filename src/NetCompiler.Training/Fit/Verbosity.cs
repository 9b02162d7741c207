namespace NetCompiler;

/// <summary>What training writes to the console.</summary>
public enum Verbosity
{
    /// <summary>A progress bar on an interactive console, nothing elsewhere.</summary>
    Auto = -1,

    /// <summary>Nothing.</summary>
    Silent = 0,

    /// <summary>A progress bar per epoch with loss, metrics and the time left; lines where the output is not an interactive console.</summary>
    ProgressBar = 1,

    /// <summary>One line per epoch.</summary>
    Lines = 2,
}

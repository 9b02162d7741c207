namespace NetCompiler;

/// <summary>The line of paper around markers.</summary>
internal static class CanvasEdge
{
    /// <summary>How far it reaches around a marker, in pixels.</summary>
    public const double Width = 0.8;
}

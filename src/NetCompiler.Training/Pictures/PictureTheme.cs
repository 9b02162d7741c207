namespace NetCompiler;

/// <summary>The ground that a picture is drawn on.</summary>
public enum PictureTheme
{
    /// <summary>SVG follows the light or dark scheme of the page it is shown in; PNG is light.</summary>
    Auto,

    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on nearly black.</summary>
    Dark,
}

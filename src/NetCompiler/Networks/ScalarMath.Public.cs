using System.ComponentModel;

namespace NetCompiler;

/// <summary>Scalar functions in double precision that Math lacks; descriptions of users' functions call them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ScalarMath;

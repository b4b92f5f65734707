namespace Stk.Reports.Drawing;

/// <summary>Which side of its place a text keeps to.</summary>
internal enum Side
{
    Left,
    Right,
    Middle,
}

namespace Stk.Reports.Statements;

/// <summary>What draws statements.</summary>
public static class Renderer
{
    /// <summary>
    /// Stands in each report and in what is drawn of it. One more whenever the same report comes to be drawn otherwise,
    /// be it by us, by other fonts or by another version of the library: whoever has the old bytes is then not told that
    /// they are the new ones.
    /// </summary>
    public const int Number = 2;
}

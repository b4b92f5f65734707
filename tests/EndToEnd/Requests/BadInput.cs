namespace Stk.EndToEnd.Requests;

/// <summary>One row of the list of bad input: what is sent, how it is refused, and the nearest that is not.</summary>
/// <param name="Row">Its number in the list.</param>
/// <param name="Field">The field at fault; null where the answer names none.</param>
/// <param name="Never">Part of the value, which the answer must not repeat.</param>
/// <param name="IsBare">The server refuses it before any of our code runs: no body, and the connection is closed.</param>
public sealed record BadInput(
    int Row, string What, Asking Bad, int Status, string Slug, string? Field, Asking Good, string? Never = null,
    bool IsBare = false)
{
    public override string ToString() => $"{Row}) {What}";
}

namespace Stk.Verification;

/// <summary>What breaks nothing, and what somebody should know of.</summary>
/// <param name="Table">As <c>activity.participants</c>.</param>
/// <param name="Row">By its key.</param>
/// <param name="Text">What there is to know, in words.</param>
public sealed record Warning(string Table, string Row, string Text)
{
    public override string ToString() => $"{Table}, {Row}: {Text}";
}

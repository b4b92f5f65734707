namespace Stk.Rules.Notices;

/// <summary>A member of a notice's values.</summary>
/// <param name="IsOptional">True where it may be missing or null.</param>
public sealed record NoticeValue(string Name, NoticeValueForm Form, bool IsOptional = false)
{
    /// <summary>The same, where it may be missing.</summary>
    public NoticeValue Optional => this with { IsOptional = true };
}

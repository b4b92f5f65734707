namespace Stk.Client.Activity;

/// <param name="Outcome">counted, over_limit, late, ignored, applied, duplicate or rejected.</param>
/// <param name="Field">Where rejected: what is wrong, and <paramref name="Rule"/> how.</param>
public sealed record EventAnswer(string? Uuid, string Outcome, string? Field, string? Rule);

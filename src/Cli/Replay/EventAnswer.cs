namespace Stk.Cli.Replay;

/// <param name="Field">Where rejected: what is wrong, and <paramref name="Rule"/> how.</param>
internal sealed record EventAnswer(string? Uuid, string Outcome, string? Field, string? Rule);

namespace Stk.Torture.Breaking;

/// <summary>A death that the nemesis has brought about.</summary>
/// <param name="Stage">Of the weekly run under way; null outside of one.</param>
internal sealed record Kill(TimeSpan At, string Victim, string How, string? Stage);

namespace Stk.Sources.Discourse;

/// <summary>What is known of one like.</summary>
/// <param name="IsAlive">Not taken back, as far as is known.</param>
/// <param name="At">When it was given, by the club's list.</param>
/// <param name="SeenAt">Of the last answer of the club that was believed.</param>
public sealed record LikeFacts(bool IsAlive, DateTimeOffset At, DateTimeOffset SeenAt);

namespace Stk.GrainInterfaces.Spending;

/// <summary>Whom a transfer would reach.</summary>
/// <param name="Name">As other people read it; the id where nobody has said one.</param>
/// <param name="CanReceive">
/// False of an excluded account, of an id that nobody has, and of the asker's own: one answer for all, in the same time.
/// </param>
/// <param name="RetryAfterSeconds">Null where it was answered; else too much was asked in an hour, and nobody was looked up.</param>
[GenerateSerializer, Immutable, Alias("stk.recipient")]
public sealed record RecipientReply(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] bool CanReceive,
    [property: Id(3)] int? RetryAfterSeconds = null);

namespace Stk.Client.Participants;

/// <param name="Excluded">Staff and bots, who earn nothing.</param>
/// <param name="Suspended">Nothing leaves the account until two operators have lifted that.</param>
public sealed record Profile(string Id, int Level, bool Excluded, DateTimeOffset RegisteredAt, bool Suspended = false);

namespace Stk.Client.Participants;

/// <param name="Excluded">Staff and bots, who earn nothing.</param>
public sealed record Profile(string Id, int Level, bool Excluded, DateTimeOffset RegisteredAt);

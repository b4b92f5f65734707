namespace Stk.Client.Participants;

/// <param name="Excluded">Staff and bots, who earn nothing.</param>
/// <param name="Suspended">Nothing leaves the account until two operators have lifted that.</param>
/// <param name="LeaveFrom">The first day of the latest leave; null where there is none.</param>
/// <param name="LeaveTo">Its last day; null where it has no end yet.</param>
public sealed record Profile(
    string Id, int Level, bool Excluded, DateTimeOffset RegisteredAt, bool Suspended = false, DateOnly? LeaveFrom = null,
    DateOnly? LeaveTo = null);

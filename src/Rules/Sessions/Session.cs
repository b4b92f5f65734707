namespace Stk.Rules.Sessions;

/// <summary>Somebody who is signed in to the pages, in one role. Instants are of real time.</summary>
/// <param name="Subject">Of a participant the id.</param>
/// <param name="SignedInAt">In whole seconds, as tokens tell it.</param>
/// <param name="EndsAt">When it ends by itself, however often it is used.</param>
public sealed record Session(
    Guid Id, string Subject, string Role, DateTimeOffset SignedInAt, DateTimeOffset EndsAt);

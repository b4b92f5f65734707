namespace Stk.Client.Notices;

/// <summary>How much of an inbox is unread.</summary>
/// <param name="Unread">1,000 at most.</param>
/// <param name="Latest">The newest notice's id; null where there is none.</param>
public sealed record InboxState(int Unread, Guid? Latest);

namespace Stk.Rules.Sessions;

/// <summary>How long a session lasts: in all, and unused.</summary>
public static class SessionLife
{
    private const string Operator = "operator";

    // What is written each time that a page is opened would be a commit each time: a session is seen now and then.
    private const int SightingsInIdle = 30;

    private static readonly TimeSpan LongestOfOperators = TimeSpan.FromHours(8);
    private static readonly TimeSpan IdleOfOperators = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestOfParticipants = TimeSpan.FromDays(30);
    private static readonly TimeSpan IdleOfParticipants = TimeSpan.FromDays(7);

    public static TimeSpan Longest(string role) => role == Operator ? LongestOfOperators : LongestOfParticipants;

    public static TimeSpan Idle(string role) => role == Operator ? IdleOfOperators : IdleOfParticipants;

    /// <param name="seenAt">When it was last used, as it is stored.</param>
    public static bool IsOver(Session session, DateTimeOffset seenAt, DateTimeOffset now) =>
        now >= session.EndsAt || now >= seenAt + Idle(session.Role);

    /// <summary>Whether what is stored of its use is to be written anew.</summary>
    public static bool IsDueToBeSeen(Session session, DateTimeOffset seenAt, DateTimeOffset now) =>
        now - seenAt >= Idle(session.Role) / SightingsInIdle;
}

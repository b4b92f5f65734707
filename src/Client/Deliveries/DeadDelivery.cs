namespace Stk.Client.Deliveries;

/// <summary>Something that could not be delivered.</summary>
/// <param name="Channel">email, discourse or webhook.</param>
/// <param name="Reason">The last answer: a code, such as smtp-550, http-410 or timeout.</param>
/// <param name="EndedAt">When it was given up, by the hosts' clock.</param>
public sealed record DeadDelivery(
    Guid Notice, string Channel, string Participant, string Kind, DateTimeOffset At, int Attempts, string Reason,
    DateTimeOffset EndedAt);

/// <summary>That it is tried again.</summary>
public sealed record RetriedDelivery(Guid Notice, string Channel, string State);

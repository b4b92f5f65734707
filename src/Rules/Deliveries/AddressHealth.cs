using System.Diagnostics;

namespace Stk.Rules.Deliveries;

/// <summary>
/// How an address of somebody's answers: after a failure it rests, so that one that hangs costs the others little, and one
/// that refuses for three weeks is switched off.
/// </summary>
/// <param name="FailuresInRow">Since it took something.</param>
/// <param name="RefusedSince">By the host's clock: of the first refusal since it took something; null where none.</param>
/// <param name="RestsTo">By the host's clock: nothing is sent to it before.</param>
/// <param name="IsOff">Nothing is sent to it any more.</param>
public sealed record AddressHealth(
    int FailuresInRow, DateTimeOffset? RefusedSince, DateTimeOffset RestsTo, bool IsOff = false)
{
    /// <summary>So long it may refuse.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(21);

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);

    /// <summary>As of an address of which nothing is known.</summary>
    public static AddressHealth Unknown(DateTimeOffset now) => new(0, null, now);

    /// <param name="now">By the host's clock.</param>
    public AddressHealth After(DeliveryAnswer answer, DateTimeOffset now) => answer switch
    {
        DeliveryAnswer.Delivered => Unknown(now),
        DeliveryAnswer.ChannelBusy => this with { RestsTo = now },
        DeliveryAnswer.Failed(_, var after) => this with
        {
            FailuresInRow = Math.Min(FailuresInRow, 1_000) + 1,
            RestsTo = now + (after is { } asked ? DeliveryAttempts.Within(asked) : Rest(FailuresInRow)),
        },
        // Of one notice it was told at once; the next may be taken.
        DeliveryAnswer.Refused => this with
        {
            RefusedSince = RefusedSince ?? now,
            RestsTo = now,
            IsOff = RefusedSince is { } since && now - since >= Patience,
        },
        _ => throw new UnreachableException(),
    };

    private static TimeSpan Rest(int failuresBefore)
    {
        var rest = FirstRest * Math.Pow(2, Math.Min(failuresBefore, 10));
        return rest < LongestRest ? rest : LongestRest;
    }
}

using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;

namespace Stk.Settlement.Refusals;

/// <summary>
/// What follows from a refusal, by the name of its rule. One payout holds no other back, and nothing that may have been paid
/// before goes back to its person. Pure.
/// </summary>
public static class Remedies
{
    /// <summary>The signer has a cap of a payout.</summary>
    public const string PayoutMax = "payout-max";

    /// <summary>The signer has a cap of a day.</summary>
    public const string DailyCap = "daily-cap";

    /// <summary>The signer has heard of the wallet too short a time ago.</summary>
    public const string DestinationUnripe = "destination-unripe";

    private const string ProofWrong = "proof-wrong";
    private const string ProofOfAnother = "proof-of-another";
    private const string PayoutDiffers = "payout-differs";
    private const string SignedBefore = "signed-before";
    private const string Landed = "landed";

    /// <summary>How long a payout that is refused for itself waits before the signer is asked again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // How far the signer's clock may be behind the silo's.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <param name="rule">As the signer names it; one that is not known here changes nothing.</param>
    /// <param name="payout">The one that the refusal is about; null where it is about all.</param>
    /// <param name="act">Planned, or its last attempt has expired.</param>
    /// <param name="now">By the host's clock: the signer's caps are of its days in UTC.</param>
    public static Remedy Of(string rule, Guid? payout, ChainAct act, DateTimeOffset now)
    {
        var all = act.Plan.Payouts.Select(planned => planned.Id).ToImmutableArray();
        Guid? guilty = payout is { } named && all.Contains(named) ? named : null;
        return (rule, guilty) switch
        {
            (PayoutMax, { } one) => new Remedy.GiveBack(new(one, PayeeFlaw.AboveMaximum)),
            (DailyCap, _) => new Remedy.SetAside(all, DayBegan(now).AddDays(1)),
            (DestinationUnripe or ProofWrong or ProofOfAnother, { } one) => new Remedy.SetAside([one], now + Pause),
            // Alone it stays with its batch: nobody can call off what may be paid already.
            (PayoutDiffers, { } one) when all.Length > 1 => new Remedy.SetAside([one], now),
            // The signer names none: each alone, and those that were never signed are paid. What was signed in this act
            // was signed for all.
            (SignedBefore or Landed, _) when all.Length > 1 && act.Last is null => new Remedy.SetAside(all, now),
            // The signer proves the death of the attempt before for itself.
            (SignedBefore, _) => new Remedy.AskAgain(IsSoon: act.Last is not null),
            _ => new Remedy.AskAgain(),
        };
    }

    /// <summary>When the signer's day has begun for certain: its clock may be behind. Of the day that is now.</summary>
    public static DateTimeOffset DayBegan(DateTimeOffset now) => new(
        (now.UtcDateTime - Skew).Date + Skew, TimeSpan.Zero);
}

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Stk.Rules.Notices;

/// <summary>What people are told of. Stored, and how it stands in JSON: for ever.</summary>
public static class NoticeKinds
{
    /// <summary>A week's statement is there.</summary>
    public const string Weekly = "weekly";

    /// <summary>A frozen reward was decided, and something of it released.</summary>
    public const string VestingReleased = "vesting.released";

    /// <summary>A frozen reward was decided, and nothing of it released.</summary>
    public const string VestingCancelled = "vesting.cancelled";

    /// <summary>A quarter will take something, unless its person comes back before.</summary>
    public const string InactivityWarning = "inactivity.warning";

    /// <summary>A quarter has taken something.</summary>
    public const string InactivityCharged = "inactivity.charged";

    /// <summary>What a quarter took has been given back.</summary>
    public const string InactivityRestored = "inactivity.restored";

    public const string AppealDecided = "appeal.decided";

    public const string TransferReceived = "transfer.received";

    /// <summary>To the buyer.</summary>
    public const string Purchase = "purchase";

    /// <summary>To each who is paid by a purchase.</summary>
    public const string Sale = "sale";

    /// <summary>To the buyer, and to each who has given back.</summary>
    public const string Refund = "refund";

    /// <summary>A fund has paid something.</summary>
    public const string GrantReceived = "grant.received";

    public const string RenewalSoon = "renewal.soon";

    public const string RenewalDone = "renewal.done";

    public const string RenewalFailed = "renewal.failed";

    /// <summary>A closed week was corrected.</summary>
    public const string Correction = "correction";

    /// <summary>An address at which its person is told of things has changed.</summary>
    public const string AddressChanged = "address.changed";

    /// <summary>An address waits for its owner to open a link. It goes to that address, and nowhere else.</summary>
    public const string AddressConfirm = "address.confirm";

    /// <summary>Nothing is sent to an address any more, because it has refused for weeks.</summary>
    public const string ChannelOff = "channel.off";

    /// <summary>A payout is in its wallet for ever.</summary>
    public const string PayoutPaid = "payout.paid";

    /// <summary>A payout could not be paid: it is available again.</summary>
    public const string PayoutReturned = "payout.returned";

    /// <summary>What was sent from a wallet has arrived, and is available.</summary>
    public const string DepositReceived = "deposit.received";

    public const string Suspended = "suspended";

    public const string Merged = "merged";

    /// <summary>All.</summary>
    public static readonly ImmutableArray<NoticeKind> All =
    [
        new(Weekly, Week("week"), Amount("reward"), Number("points")),
        new(
            VestingReleased, Week("week").Optional, Type("type").Optional, Name("fund").Optional, Number("vestsDays"),
            Amount("amount"), Amount("released"), Amount("cancelled")),
        new(
            VestingCancelled, Week("week").Optional, Type("type").Optional, Name("fund").Optional, Number("vestsDays"),
            Amount("amount"), Amount("released"), Amount("cancelled")),
        new(
            InactivityWarning, Name("quarter"), Time("runsOn"), Rate("rateBp"), Amount("amount"), Number("daysBefore")),
        new(
            InactivityCharged, Name("quarter"), Amount("amount"), Rate("rateBp"), Number("restoreWeeks").Optional,
            Time("restoreUntil").Optional, Amount("restoreAmount").Optional),
        new(InactivityRestored, Name("quarter"), Amount("amount"), Week("week")),
        new(AppealDecided, Name("quarter"), Flag("accepted"), Amount("amount")),
        new(TransferReceived, Amount("amount"), Foreign("from").Optional, Foreign("note").Optional),
        new(Purchase, Name("service"), Amount("price")),
        new(Sale, Name("service"), Amount("amount")),
        new(Refund, Name("service"), Amount("amount"), Flag("isSale")),
        new(GrantReceived, Name("fund"), Amount("amount"), Number("vestsDays")),
        new(RenewalSoon, Name("service"), Amount("price"), Amount("maxPrice"), Time("renewsAt")),
        new(RenewalDone, Name("service"), Amount("price"), Time("from"), Time("until")),
        new(
            RenewalFailed, Name("service"), Name("because"), Amount("price"), Amount("missing").Optional, Time("endsAt"),
            Number("attempt")),
        new(Correction, Week("week"), Amount("amount"), Number("revision")),
        new(AddressChanged, Name("channel")),
        new(AddressConfirm, Name("channel")) { IsOfChannels = true },
        new(ChannelOff, Name("channel"), Name("reason")) { IsOfChannels = true },
        new(PayoutPaid, Amount("amount"), Name("signature")),
        new(PayoutReturned, Amount("amount"), Name("reason")),
        new(DepositReceived, Amount("amount"), Name("signature")),
        new(Suspended),
        new(Merged),
    ];

    /// <summary>Those of which a person chooses the channels.</summary>
    public static readonly ImmutableArray<NoticeKind> Choosable = [.. All.Where(kind => !kind.IsOfChannels)];

    private static readonly FrozenDictionary<string, NoticeKind> ByName =
        All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Null where there is no such kind; a later build may have written one.</summary>
    public static NoticeKind? Find(string name) => ByName.GetValueOrDefault(name);

    private static NoticeValue Amount(string name) => new(name, NoticeValueForm.Amount);

    private static NoticeValue Number(string name) => new(name, NoticeValueForm.Number);

    private static NoticeValue Rate(string name) => new(name, NoticeValueForm.Rate);

    private static NoticeValue Week(string name) => new(name, NoticeValueForm.Week);

    private static NoticeValue Time(string name) => new(name, NoticeValueForm.Time);

    private static NoticeValue Flag(string name) => new(name, NoticeValueForm.Flag);

    private static NoticeValue Type(string name) => new(name, NoticeValueForm.ActivityType);

    private static NoticeValue Name(string name) => new(name, NoticeValueForm.Name);

    private static NoticeValue Foreign(string name) => new(name, NoticeValueForm.Foreign);
}

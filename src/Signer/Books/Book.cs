using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;

namespace Stk.Signer.Books;

/// <summary>What the file says, in memory. It only grows, by entries that are in the file.</summary>
internal sealed class Book
{
    private readonly List<SignedAct> _acts = [];
    private readonly Dictionary<Guid, List<SignedAct>> _attempts = [];
    private readonly Dictionary<Guid, (SignedPayout Payout, DateOnly Day, List<Guid> Acts)> _payouts = [];
    private readonly Dictionary<(string Participant, string Wallet), DateTimeOffset> _known = [];
    private readonly HashSet<(string Participant, string Wallet, string ProofHash)> _proved = [];
    private readonly Dictionary<DateOnly, ulong> _days = [];

    /// <summary>The first line; null where there is none.</summary>
    public BookEntry.Begun? Begun { get; private set; }

    /// <summary>All that was signed, in order: the first has number 1.</summary>
    public IReadOnlyList<SignedAct> Acts => _acts;

    /// <summary>The highest of the ledger that the signer was told.</summary>
    public LedgerHead? Head { get; private set; }

    /// <summary>The attempts of an act, in order.</summary>
    public IReadOnlyList<SignedAct> AttemptsOf(Guid act) => _attempts.GetValueOrDefault(act) ?? [];

    /// <summary>A payout as it was signed; null where it was not.</summary>
    public SignedPayout? Payout(Guid id) => _payouts.TryGetValue(id, out var known) ? known.Payout : null;

    /// <summary>The acts in which a payout was signed.</summary>
    public IReadOnlyList<Guid> ActsOf(Guid payout) => _payouts.TryGetValue(payout, out var known) ? known.Acts : [];

    /// <summary>When a destination was heard of first, with a good proof; null: never.</summary>
    public DateTimeOffset? KnownSince(string participant, string wallet) =>
        _known.TryGetValue((participant, wallet), out var since) ? since : null;

    /// <summary>Whether this proof was looked at and was good.</summary>
    public bool IsProved(string participant, string wallet, string proofHash) =>
        _proved.Contains((participant, wallet, proofHash));

    /// <summary>
    /// What was signed on a day; what is signed again, as its earlier signature is dead, counts once. Unit: micro-STK.
    /// </summary>
    public ulong DayMicro(DateOnly day) => _days.GetValueOrDefault(day);

    /// <summary>Whether the payout counts for the day already.</summary>
    public bool CountsFor(Guid payout, DateOnly day) => _payouts.TryGetValue(payout, out var known) && known.Day == day;

    public void Add(BookEntry entry)
    {
        switch (entry)
        {
            case BookEntry.Begun begun:
                Begun = begun;
                break;
            case BookEntry.Destination destination:
                _known.TryAdd((destination.Participant, destination.Wallet), destination.At);
                _proved.Add((destination.Participant, destination.Wallet, destination.ProofHash));
                break;
            case BookEntry.Signature { Act: var act }:
                Add(act);
                break;
        }
    }

    private void Add(SignedAct act)
    {
        _acts.Add(act);
        if (!_attempts.TryGetValue(act.Act, out var attempts))
        {
            _attempts[act.Act] = attempts = [];
        }

        attempts.Add(act);
        Head = Head is null || act.Head.Sequence > Head.Sequence ? act.Head : Head;
        var day = DayOf(act.At);
        foreach (var payout in act.Payouts)
        {
            if (!CountsFor(payout.Id, day))
            {
                _days[day] = checked(_days.GetValueOrDefault(day) + payout.AmountMicro);
            }

            var acts = _payouts.TryGetValue(payout.Id, out var known) ? known.Acts : [];
            if (!acts.Contains(act.Act))
            {
                acts.Add(act.Act);
            }

            _payouts[payout.Id] = (payout, day, acts);
        }
    }

    /// <summary>The day of the cap: of the signer's clock, in UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

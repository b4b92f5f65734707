using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Grains.Participants;

/// <summary>From journal lines to a participant's pages. Pure.</summary>
internal static class Pages
{
    /// <param name="lines">Newest first, one more than the limit where there is more.</param>
    public static HistoryPage History(ImmutableArray<HistoryLine> lines, int limit, Cursors cursors)
    {
        var shown = lines.Length > limit ? lines[..limit] : lines;
        return new(
            [.. shown.Select(Change)],
            lines.Length > limit ? cursors.Write(shown[^1].Cursor) : null);
    }

    /// <param name="lines">
    /// Newest first, of whole transactions but perhaps the last, which is left for the next page unless it is the end.
    /// </param>
    /// <param name="isEnd">No older line exists.</param>
    public static TransactionPage Transactions(ImmutableArray<HistoryLine> lines, int limit, bool isEnd, Cursors cursors)
    {
        var all = lines.GroupBy(line => line.TransactionId).Select(group => group.ToImmutableArray()).ToList();
        var whole = isEnd || all.Count <= 1 ? all : all[..^1];
        var shown = whole.Take(limit).ToList();
        var isLast = isEnd && shown.Count == all.Count;
        return new(
            [.. shown.Select(View)],
            isLast || shown.Count == 0 ? null : cursors.Write(shown[^1][^1].Cursor));
    }

    /// <summary>The lines that a request asks for; false where no kind has the name that it gives.</summary>
    public static bool TryFilter(PageRequest request, out HistoryFilter filter)
    {
        filter = new(null, request.From, request.Below);
        if (request.Kind is not { } name)
        {
            return true;
        }

        if (!TransactionKinds.TryParse(name, out var kind))
        {
            return false;
        }

        filter = filter with { Kind = kind };
        return true;
    }

    public static HistoryPage With(this HistoryPage page, ImmutableDictionary<Guid, TransactionNote> notes) => page with
    {
        Changes =
        [
            .. page.Changes.Select(change => notes.TryGetValue(change.TransactionId, out var said)
                ? change with
                {
                    Counterparty = said.Counterparty,
                    Note = said.Note,
                    Service = said.Service,
                    Grant = said.Grant,
                }
                : change),
        ],
    };

    public static TransactionPage With(
        this TransactionPage page, ImmutableDictionary<Guid, TransactionNote> notes) => page with
        {
            Transactions =
        [
            .. page.Transactions.Select(one => notes.TryGetValue(one.Id, out var said)
                ? one with { Counterparty = said.Counterparty, Note = said.Note, Service = said.Service, Grant = said.Grant }
                : one),
        ],
        };

    /// <summary>A transaction as the owner of these accounts sees it; null where none of them is in it.</summary>
    public static TransactionDetail? Detail(JournalTransaction transaction, IReadOnlyCollection<AccountId> own)
    {
        var lines = transaction.Receipt.Lines.Where(line => own.Contains(line.Account)).ToImmutableArray();
        if (lines.IsEmpty)
        {
            return null;
        }

        var view = new TransactionView(
            transaction.Id, transaction.Receipt.Sequence, transaction.Receipt.At, transaction.Kind.WireName(),
            transaction.Reference, Sum(lines, AccountKind.Available), Sum(lines, AccountKind.Frozen),
            Sum(lines, AccountKind.Settling),
            AvailableAfter: lines.Where(line => line.Account.Kind == AccountKind.Available)
                .Select(line => (Amount?)line.BalanceAfter).LastOrDefault());
        var hasPaid = view.Available + view.Frozen + view.Settling < Amount.Zero;
        return new(
            view,
            [.. lines.Select(line => new TransactionLine(
                line.Account.Kind.ToString().ToLowerInvariant(), line.Amount, line.BalanceAfter))],
            hasPaid
                ? [
                    .. transaction.Receipt.Lines.Where(line => line.Amount > Amount.Zero && !own.Contains(line.Account))
                        .GroupBy(line => Whose(line.Account), StringComparer.Ordinal)
                        .Select(part => new TransactionPart(part.Key, Amount.Sum(part.Select(line => line.Amount)))),
                ]
                : []);
    }

    private static string Whose(AccountId account) =>
        account.Kind is AccountKind.Available or AccountKind.Frozen or AccountKind.Settling
            ? "participants"
            : account.ToString();

    private static Amount Sum(ImmutableArray<PostedLine> lines, AccountKind kind) =>
        Amount.Sum(lines.Where(line => line.Account.Kind == kind).Select(line => line.Amount));

    private static BalanceChange Change(HistoryLine line) => new(
        line.Cursor.Sequence, line.At, line.TransactionId, line.Kind.WireName(), line.Reference,
        line.Account.Kind.ToString().ToLowerInvariant(), line.Amount, line.BalanceAfter);

    private static TransactionView View(ImmutableArray<HistoryLine> lines) => new(
        lines[0].TransactionId, lines[0].Cursor.Sequence, lines[0].At, lines[0].Kind.WireName(), lines[0].Reference,
        Sum(lines, AccountKind.Available), Sum(lines, AccountKind.Frozen), Sum(lines, AccountKind.Settling),
        // The newest line is first.
        AvailableAfter: lines.FirstOrDefault(line => line.Account.Kind == AccountKind.Available)?.BalanceAfter);

    private static Amount Sum(ImmutableArray<HistoryLine> lines, AccountKind kind) =>
        Amount.Sum(lines.Where(line => line.Account.Kind == kind).Select(line => line.Amount));
}

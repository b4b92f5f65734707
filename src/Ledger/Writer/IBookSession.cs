using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;

namespace Stk.Ledger.Writer;

/// <summary>The stored book, within one database transaction: what a commit reads, and what it writes.</summary>
internal interface IBookSession
{
    /// <summary>Begins, locks the head, and only then looks: what is returned stays true until the end.</summary>
    Task<BookRead> Read(IReadOnlyList<AccountId> accounts, Guid[] ids, CancellationToken cancellation);

    /// <summary>Writes and commits, all or nothing.</summary>
    Task Write(BookWrite write, CancellationToken cancellation);

    /// <summary>Ends without a change.</summary>
    Task Rollback(CancellationToken cancellation);
}

/// <param name="Accounts">Those of the accounts asked for that are there.</param>
/// <param name="Answers">Of the ids asked for that were answered before.</param>
internal readonly record struct BookRead(
    HeadRow Head, Dictionary<AccountId, AccountRow> Accounts, Dictionary<Guid, PastAnswer> Answers);

/// <summary>What one commit adds to the book.</summary>
/// <param name="Head">As it was read.</param>
/// <param name="Next">Null where nothing but refusals is written: they are no commit of the journal.</param>
/// <param name="Accepted">Whose effects are to be written.</param>
internal sealed record BookWrite(HeadRow Head, HeadRow? Next, BatchRows Rows, IReadOnlyList<Transaction> Accepted);

using Stk.Ledger.Accounts;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.Vesting;
using Stk.Simulation.Books;

namespace Stk.Simulation.Vesting;

/// <summary>I22 and I23 on the simulated tables and against the sources' log: each with what broke it, or null.</summary>
internal static class VestingChecks
{
    public static string? Violation(
        VestingTables tables, BookTables book, IReadOnlyList<SaidOnce> said, IReadOnlyList<Sending> log) =>
        NobodyMetAFault(log) ?? AnsweredIsStored(tables, said) ?? DecidedByEvents(tables) ?? PaidOutOnce(tables, book)
        ?? NothingIsLeft(tables, book);

    /// <summary>Of the transaction that pays out a grant.</summary>
    public static string Reference(SimulatedGrant grant) => $"{VestingPlan.Week}/{grant.Number}";

    // What is stored is paid out, whatever it is: the ledger has nothing to say.
    private static string? NobodyMetAFault(IReadOnlyList<Sending> log) =>
        log.FirstOrDefault(sending =>
            IsPayment(sending.Transaction.Kind) && sending.Answer is Answer.Refused or Answer.Fault) is { } met
            ? $"I23: paying out {met.Transaction.Reference} ended with {met.Result?.Objection?.ToString() ?? met.Error}"
            : null;

    private static string? AnsweredIsStored(VestingTables tables, IReadOnlyList<SaidOnce> log)
    {
        foreach (var once in log.Where(once => once.Outcome is not null))
        {
            if (!tables.Evidence.TryGetValue(once.Said.Uuid, out var stored)
                || (once.Outcome != EventOutcome.Duplicate && once.Outcome != stored.Outcome))
            {
                return $"I22: evidence {once.Said.Uuid} was answered {once.Outcome} and is stored as {stored?.Outcome}";
            }
        }

        return null;
    }

    // Of all that was taken, whenever it came: evidence that was answered `applied` was seen.
    private static string? DecidedByEvents(VestingTables tables)
    {
        foreach (var grant in tables.Grants)
        {
            if (!tables.Decisions.TryGetValue(grant.Number, out var made))
            {
                return $"I23: grant {grant.Number} is open after its last day";
            }

            var right = made.Word is { } word
                ? GrantDecision.ByOperator(grant.Amount, tables.Judge(grant), word)
                : GrantDecision.On(made.Day, grant.Amount, grant.UnlocksOn, tables.Judge(grant), grant.Condition);
            if (right is null || !right.Parts.SequenceEqual(made.Decision.Parts)
                || (right.Released, right.Cancelled) != (made.Decision.Released, made.Decision.Cancelled))
            {
                return $"I23: grant {grant.Number} was decided otherwise than its evidence says on {made.Day:yyyy-MM-dd}";
            }
        }

        return null;
    }

    private static string? PaidOutOnce(VestingTables tables, BookTables book)
    {
        var paid = book.Transactions.Where(stored => IsPayment(stored.Transaction.Kind))
            .ToLookup(stored => stored.Transaction.Reference);
        foreach (var made in tables.Decisions.Values)
        {
            var ours = paid[Reference(made.Grant)].ToList();
            if (ours is not [var one] || one.Transaction.Id != made.Grant.Id)
            {
                return $"I23: grant {made.Grant.Number} was paid out {ours.Count} times, or under another id";
            }

            if (Moved(one, AccountId.Available(made.Grant.Participant)) != made.Decision.Released
                || Moved(one, LedgerPlan.Rewards) != made.Decision.Cancelled)
            {
                return $"I23: grant {made.Grant.Number} was paid out for something else than was decided";
            }
        }

        return null;
    }

    private static string? NothingIsLeft(VestingTables tables, BookTables book) => tables.Grants
        .Where(grant => book.Balance(AccountId.Frozen(grant.Participant)) != Amount.Zero)
        .Select(grant => $"I23: participant {grant.Participant} has something frozen and no open grant").FirstOrDefault();

    private static Amount Moved(StoredTransaction stored, AccountId account) => Amount.Sum(
        stored.Receipt.Lines.Where(line => line.Account == account).Select(line => line.Amount));

    private static bool IsPayment(TransactionKind kind) =>
        kind is TransactionKind.VestingUnlock or TransactionKind.VestingCancel;
}

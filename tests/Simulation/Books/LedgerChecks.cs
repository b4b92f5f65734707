using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Simulation.Books;

/// <summary>
/// The invariants, on the simulated tables and against the clients' log. Each answers with what broke it, or null.
/// </summary>
internal sealed class LedgerChecks(
    BookTables tables, IReadOnlyList<Sending> log, IReadOnlyList<(long Sequence, Digest Hash)> seen)
{
    public string? Violation() =>
        SumIsZero() ?? NoneBelowZero() ?? BalancesAreTheirPostings() ?? JournalIsWhole() ?? IssuedWithinSchedule()
        ?? AcknowledgedIsThere() ?? RefusedIsAbsent() ?? OneCauseOneTransaction() ?? PaidAndLeftIsReserved()
        ?? NoReaderGoesBack() ?? OneIdOneAnswer() ?? EffectsStandWithTheirTransactions() ?? NobodyMetAFault()
        ?? AnswersComeInOrder();

    /// <summary>After the end, when all was asked again.</summary>
    public string? Unanswered()
    {
        foreach (var sending in log.Reverse().DistinctBy(sending => sending.Transaction.ContentHash))
        {
            if (sending.Answer is not (Answer.Accepted or Answer.Refused))
            {
                return $"no end: {Name(sending)} gets no answer from a sound system: {sending.Answer}";
            }
        }

        return null;
    }

    private string? SumIsZero() =>
        tables.Accounts.Values.Sum(row => row.Balance.Micro) is var sum and not 0 ? $"I1: the balances sum to {sum}" : null;

    private string? NoneBelowZero()
    {
        foreach (var (account, row) in tables.Accounts)
        {
            if (row.Balance < Amount.Zero && account.Kind != AccountKind.Issuance)
            {
                return $"I2: {account} is at {row.Balance.Micro}";
            }
        }

        return null;
    }

    private string? BalancesAreTheirPostings()
    {
        var carried = new Dictionary<AccountId, Amount>();
        foreach (var stored in tables.Transactions)
        {
            foreach (var (account, amount, after) in stored.Receipt.Lines)
            {
                var balance = carried.GetValueOrDefault(account) + amount;
                if (after != balance)
                {
                    return $"I3: {account} at {balance.Micro} is written down as {after.Micro} in commit {stored.Receipt.Sequence}";
                }

                carried[account] = balance;
            }
        }

        foreach (var (account, row) in tables.Accounts)
        {
            if (row.Balance != carried.GetValueOrDefault(account))
            {
                return $"I3: {account} is at {row.Balance.Micro}, its postings come to {carried.GetValueOrDefault(account).Micro}";
            }
        }

        return null;
    }

    private string? JournalIsWhole()
    {
        var (hash, at, sequence) = (Digest.Zero, DateTimeOffset.UnixEpoch, 0L);
        var bySequence = tables.Transactions.ToLookup(stored => stored.Receipt.Sequence);
        foreach (var commit in tables.Commits)
        {
            var transactions = bySequence[commit.Sequence].ToList();
            hash = CanonicalBytes.CommitHash(
                hash, ++sequence, commit.At, [.. transactions.Select(stored => stored.ContentHash)]);
            if (commit.Sequence != sequence || commit.Hash != hash || commit.At < at)
            {
                return $"I4: commit {sequence} is number {commit.Sequence} at {commit.At:O}, or its hash is not that of its content";
            }

            for (var i = 0; i < transactions.Count; i++)
            {
                if (transactions[i].Receipt.Position != i
                    || transactions[i].Receipt.Lines.Sum(line => line.Amount.Micro) != 0)
                {
                    return $"I4: transaction {i} of commit {sequence} stands elsewhere, or does not sum to zero";
                }
            }

            at = commit.At;
        }

        return tables.Head.Sequence == sequence && tables.Head.Hash == hash && tables.Head.Accounts == tables.Accounts.Count
            ? null
            : $"I4: the head is at {tables.Head.Sequence} with {tables.Head.Accounts} accounts, the journal at {sequence} with {tables.Accounts.Count}";
    }

    private string? IssuedWithinSchedule()
    {
        var start = new Steps.SimulatedTime().GetUtcNow();
        foreach (var stored in tables.Transactions)
        {
            foreach (var line in stored.Receipt.Lines)
            {
                var most = SimulatedWriter.IssuedAtMost(stored.Receipt.At - start);
                if (line.Account == AccountId.Issuance && -line.BalanceAfter > most)
                {
                    return $"I5: {(-line.BalanceAfter).Micro} were issued where the schedule has {most.Micro}";
                }
            }
        }

        return null;
    }

    private string? AcknowledgedIsThere()
    {
        foreach (var sending in log)
        {
            if (sending.Answer == Answer.Accepted)
            {
                var stored = tables.Find(sending.Transaction.Id);
                if (stored is null || stored.ContentHash != sending.Transaction.ContentHash)
                {
                    return $"I6: {Name(sending)} was acknowledged and is {(stored is null ? "not there" : "of other content")}";
                }

                if (!IsSame(stored.Receipt, sending.Result?.Receipt))
                {
                    return $"I6: {Name(sending)} was acknowledged otherwise than it is written";
                }
            }
        }

        return null;
    }

    private string? RefusedIsAbsent()
    {
        foreach (var sendings in log.GroupBy(sending => sending.Transaction.ContentHash))
        {
            var first = sendings.First();
            var isThere = tables.Find(first.Transaction.Id) is { } stored
                && stored.ContentHash == first.Transaction.ContentHash;
            if (isThere && sendings.Any(sending => sending.Answer == Answer.Refused))
            {
                return $"I7: {Name(first)} was refused and is there";
            }

            if (isThere && sendings.All(sending => sending.Answer == Answer.NothingDone))
            {
                return $"I7: of {Name(first)} everybody was told that nothing was committed, and it is there";
            }
        }

        return null;
    }

    private string? OneCauseOneTransaction()
    {
        var causes = new HashSet<(TransactionKind, string)>();
        foreach (var stored in tables.Transactions)
        {
            if (!causes.Add((stored.Transaction.Kind, stored.Transaction.Reference)))
            {
                return $"I8: {stored.Transaction.Kind} {stored.Transaction.Reference} was done twice";
            }
        }

        return null;
    }

    private string? PaidAndLeftIsReserved()
    {
        foreach (var sending in log)
        {
            if (sending.Answer == Answer.Refused
                && sending.Transaction.Kind is TransactionKind.WeekReserve or TransactionKind.WeekReward
                    or TransactionKind.WeekReturn)
            {
                return $"I10: the weekly run was refused its {Name(sending)}: {sending.Result?.Objection}";
            }
        }

        var left = tables.Balance(AccountId.Week(LedgerPlan.Week));
        return left == Amount.Zero ? null : $"I10: the week ends with {left.Micro} in its account";
    }

    private string? NoReaderGoesBack()
    {
        var last = 0L;
        foreach (var (sequence, hash) in seen)
        {
            if (sequence < last
                || (sequence > 0 && !tables.Commits.Any(commit => commit.Sequence == sequence && commit.Hash == hash)))
            {
                return $"I12: a reader saw commit {sequence} after {last}, or what is no longer there";
            }

            last = sequence;
        }

        return null;
    }

    private string? OneIdOneAnswer()
    {
        foreach (var sendings in log.GroupBy(sending => sending.Transaction.Id))
        {
            var answers = sendings.Where(sending => sending.Answer is Answer.Accepted or Answer.Refused).ToList();
            var own = answers.Where(sending => sending.Result?.Objection != Refusal.IdUsedWithOtherContent).ToList();
            foreach (var sending in own)
            {
                if (sending.Transaction.ContentHash != own[0].Transaction.ContentHash
                    || sending.Result?.Objection != own[0].Result?.Objection
                    || !IsSame(own[0].Result?.Receipt, sending.Result?.Receipt))
                {
                    return $"I14: {Name(sending)} was answered {sending.Result}, and once {own[0].Result}";
                }
            }

            if (own.Count > 0 && answers.Exists(sending =>
                sending.Result?.Objection == Refusal.IdUsedWithOtherContent
                && sending.Transaction.ContentHash == own[0].Transaction.ContentHash))
            {
                return $"I14: {Name(own[0])} was done, and refused as the id of something else";
            }
        }

        return null;
    }

    private string? EffectsStandWithTheirTransactions()
    {
        var posted = 0;
        foreach (var stored in tables.Transactions)
        {
            foreach (var effect in stored.Transaction.Effects.OfType<SimulatedEffect>())
            {
                posted++;
                if (!tables.Effects.TryGetValue(effect.Key, out var id) || id != stored.Transaction.Id)
                {
                    return $"I16: {stored.Transaction.Kind} {stored.Transaction.Reference} is there, and {effect.Key} is not";
                }
            }
        }

        return posted == tables.Effects.Count ? null : $"I16: {tables.Effects.Count} effects of {posted} that were posted";
    }

    private string? NobodyMetAFault()
    {
        var fault = log.FirstOrDefault(sending => sending.Answer == Answer.Fault);
        return fault is null ? null : $"fault: {Name(fault)} failed: {fault.Error}";
    }

    // Who is sent after another's answer is committed after it.
    private string? AnswersComeInOrder()
    {
        var accepted = log.Where(sending => sending.Result is PostResult.Accepted).ToList();
        foreach (var later in accepted)
        {
            foreach (var earlier in accepted)
            {
                if (earlier.AnsweredAt < later.SentAt
                    && earlier.Result!.Receipt!.Sequence >= later.Result!.Receipt!.Sequence)
                {
                    return $"I12: {Name(later)} was sent after {Name(earlier)} was answered, and stands before it";
                }
            }
        }

        return null;
    }

    private static bool IsSame(Receipt? left, Receipt? right) =>
        (left is null && right is null)
        || (left is not null && right is not null
            && (left.Sequence, left.Position, left.At) == (right.Sequence, right.Position, right.At)
            && left.Lines.SequenceEqual(right.Lines));

    private static string Name(Sending sending) => $"{sending.Transaction.Kind} {sending.Transaction.Reference}";
}

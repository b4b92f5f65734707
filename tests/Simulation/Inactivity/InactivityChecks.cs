using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Simulation.Books;

namespace Stk.Simulation.Inactivity;

/// <summary>I24, I25 and I27 on the simulated tables: each with what broke it, or null.</summary>
internal static class InactivityChecks
{
    public static string? Violation(InactivityTables tables, BookTables book, IReadOnlyList<Sending> log) =>
        NobodyMetAFault(log) ?? LinesAreRecomputed(tables, book) ?? TakenOnce(tables, book) ?? NobodyBesideAnAppeal(tables)
        ?? GivenBackOnce(tables, book) ?? SkippedOrRun(tables) ?? ToldOnce(tables) ?? AllHasAnEnd(tables);

    // Want of funds is an answer; that an id is used up is none.
    private static string? NobodyMetAFault(IReadOnlyList<Sending> log) =>
        log.FirstOrDefault(sending => sending.Answer == Answer.Fault
            || sending.Result?.Objection is { } objection and not Refusal.InsufficientFunds) is { } met
            ? $"I25: {met.Transaction.Kind} {met.Transaction.Id} ended with {met.Result?.Objection?.ToString() ?? met.Error}"
            : null;

    private static string? LinesAreRecomputed(InactivityTables tables, BookTables book)
    {
        foreach (var line in tables.Lines)
        {
            var person = tables.People.Single(one => one.Number == line.Participant);
            var right = Assessment.Of(
                LastActivity.Days(InactivityPlan.Quarter, person.LastCounted), line.Assessment.Base, InactivityPlan.Rules);
            var stood = StoodAt(book, AccountId.Available(line.Participant), line.BaseSequence);
            if (line.IsOfRejection ? line.Assessment.Base > stood : line.Assessment.Base != stood)
            {
                return $"I24: {stood.Micro} of participant {line.Participant} stood where {line.Assessment.Base.Micro} was assessed";
            }

            if (line.Taken != (line.Outcome == InactivityOutcome.Charged ? right.Amount : Amount.Zero))
            {
                return $"I24: of participant {line.Participant} {line.Taken.Micro} is taken where the rate gives {right.Amount.Micro}";
            }

            if (!IsRight(tables, person, line))
            {
                return $"I24: participant {line.Participant} is {line.Outcome} in attempt {line.Attempt}";
            }
        }

        return null;
    }

    // Of an appeal that was rejected since nobody can say from the end alone whether it was there.
    private static bool IsRight(InactivityTables tables, SimulatedPerson person, StoredLine line) => line.Outcome switch
    {
        InactivityOutcome.Excluded => person.IsExcluded,
        InactivityOutcome.NotWarned => !person.IsExcluded && !tables.IsWarned(person.Number),
        InactivityOutcome.Appealed =>
            !person.IsExcluded && tables.IsWarned(person.Number) && tables.Appeals.ContainsKey(person.Number),
        InactivityOutcome.Charged => !person.IsExcluded && tables.IsWarned(person.Number),
        _ => false,
    };

    private static string? TakenOnce(InactivityTables tables, BookTables book)
    {
        foreach (var person in tables.People)
        {
            var taken = Moved(book, person.Number).Where(micro => micro < 0).ToList();
            var debit = tables.Debits.GetValueOrDefault(person.Number);
            var last = tables.Last(person.Number);
            if (taken.Count > 1
                || (debit is null ? taken.Count > 0 : taken is not [var micro] || -micro != debit.Amount.Micro))
            {
                return $"I25: {taken.Count} debits of participant {person.Number}, or of another sum than was decided";
            }

            if ((last?.Taken ?? Amount.Zero) != (debit?.Amount ?? Amount.Zero)
                || (debit is not null && debit.Attempt != last?.Attempt))
            {
                return $"I25: of participant {person.Number} {debit?.Amount.Micro} was taken where {last?.Taken.Micro} was decided";
            }
        }

        return null;
    }

    private static string? NobodyBesideAnAppeal(InactivityTables tables)
    {
        foreach (var (participant, appeal) in tables.Appeals)
        {
            if (appeal.State != AppealState.Rejected && tables.Debits.TryGetValue(participant, out var debit)
                && debit.Sequence > appeal.AfterSequence)
            {
                return $"I25: participant {participant} has appealed after commit {appeal.AfterSequence} and is charged in {debit.Sequence}";
            }
        }

        return null;
    }

    private static string? GivenBackOnce(InactivityTables tables, BookTables book)
    {
        foreach (var person in tables.People)
        {
            var given = Moved(book, person.Number).Where(micro => micro > 0).ToList();
            var debit = tables.Debits.GetValueOrDefault(person.Number)?.Amount ?? Amount.Zero;
            if (given.Count > 1 || (given is [var micro] && micro != debit.Micro)
                || given.Count != (tables.Credits.ContainsKey(person.Number) ? 1 : 0))
            {
                return $"I25: participant {person.Number} was given back {given.Sum()} in {given.Count} parts of {debit.Micro}";
            }
        }

        return null;
    }

    private static string? SkippedOrRun(InactivityTables tables) => tables.IsSkipped && tables.IsBegun
        ? $"I24: the quarter is skipped, and {tables.Lines.Count} people were assessed" : null;

    private static string? ToldOnce(InactivityTables tables)
    {
        var due = tables.ToBeTold().ToHashSet(StringComparer.Ordinal);
        return due.FirstOrDefault(notice => tables.Told.GetValueOrDefault(notice) != 1) is { } missing
            ? $"I27: {missing}, and there are {tables.Told.GetValueOrDefault(missing)} notices of it"
            : tables.Told.Keys.FirstOrDefault(notice => !due.Contains(notice)) is { } idle
                ? $"I27: there is a notice of {idle}, which has not happened"
                : null;
    }

    // After the last operator and the last settlement, with a fund that is full.
    private static string? AllHasAnEnd(InactivityTables tables)
    {
        var open = tables.Appeals.Where(appeal => appeal.Value.State == AppealState.Open).ToList();
        if (open is [{ Key: var who }, ..])
        {
            return $"no end: the appeal of participant {who} cannot be decided";
        }

        return tables.Due() is [var (participant, _), ..]
            ? $"no end: participant {participant} is not given back what a week has earned"
            : tables.IsDone || tables.IsSkipped ? null : "no end: the quarter's run is not done";
    }

    private static IEnumerable<long> Moved(BookTables book, long participant) => book.Transactions
        .Where(stored => stored.Transaction.Kind == TransactionKind.Redistribution)
        .SelectMany(stored => stored.Receipt.Lines)
        .Where(line => line.Account == AccountId.Available(participant)).Select(line => line.Amount.Micro);

    private static Amount StoodAt(BookTables book, AccountId account, long sequence) => book.Transactions
        .Where(stored => stored.Receipt.Sequence <= sequence).SelectMany(stored => stored.Receipt.Lines)
        .Where(line => line.Account == account).Select(line => line.BalanceAfter).LastOrDefault();
}

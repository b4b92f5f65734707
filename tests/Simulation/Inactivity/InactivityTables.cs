using System.Collections.Immutable;
using System.Globalization;
using Stk.Ledger.Accounts;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Simulation.Books;
using Stk.Simulation.Servers;

namespace Stk.Simulation.Inactivity;

/// <summary>An attempt to take something.</summary>
/// <param name="BaseSequence">Of the commit that has left the base.</param>
/// <param name="Taken">Nothing unless charged.</param>
internal sealed record StoredLine(
    long Participant, int Attempt, Assessment Assessment, long BaseSequence, Amount Taken, InactivityOutcome Outcome,
    bool IsOfRejection = false);

/// <param name="AfterSequence">The last commit before it.</param>
internal sealed record StoredAppeal(long AfterSequence, AppealState State);

internal sealed record StoredDebit(int Attempt, Amount Amount, long Sequence);

/// <param name="Week">Null: an appeal was accepted.</param>
internal sealed record StoredCredit(WeekId? Week, Amount Amount);

/// <summary>Warnings, lines, appeals, debits and what is given back: what is committed.</summary>
internal sealed class InactivityTables(ImmutableArray<SimulatedPerson> people, BookTables book)
{
    private readonly Dictionary<(int Days, int Part), RowLock> _locks = [];
    private readonly HashSet<(int Days, int Part)> _parts = [];
    private readonly HashSet<(long Participant, int Days)> _warnings = [];
    private readonly List<StoredLine> _lines = [];
    private readonly Dictionary<long, StoredAppeal> _appeals = [];
    private readonly Dictionary<long, StoredDebit> _debits = [];
    private readonly Dictionary<long, StoredCredit> _credits = [];
    private readonly Dictionary<long, (WeekId Week, Amount Amount)> _earned = [];
    private readonly Dictionary<WeekId, bool> _restorations = [];
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);

    public ImmutableArray<SimulatedPerson> People => people;

    public bool IsDone { get; private set; }

    public bool IsBegun { get; private set; }

    /// <summary>An operator has: the quarter is over, and takes nothing.</summary>
    public bool IsSkipped { get; private set; }

    /// <summary>How often each notice is there.</summary>
    public IReadOnlyDictionary<string, int> Told => _told;

    /// <summary>Of which everybody must have been told, once.</summary>
    public IEnumerable<string> ToBeTold() =>
    [
        .. _warnings.Select(warning => Text($"warned {warning.Participant} {warning.Days}")),
        .. _debits.Keys.Select(participant => Text($"charged {participant}")),
        .. _credits.Where(credit => credit.Value.Week is not null).Select(credit => Text($"restored {credit.Key}")),
        .. _appeals.Where(appeal => appeal.Value.State != AppealState.Open).Select(appeal => Text($"decided {appeal.Key}")),
    ];

    /// <summary>All attempts, in the order in which they were made.</summary>
    public IReadOnlyList<StoredLine> Lines => _lines;

    public IReadOnlyDictionary<long, StoredAppeal> Appeals => _appeals;

    public IReadOnlyDictionary<long, StoredDebit> Debits => _debits;

    public IReadOnlyDictionary<long, StoredCredit> Credits => _credits;

    public IReadOnlyDictionary<long, (WeekId Week, Amount Amount)> Earned => _earned;

    public RowLock LockOf(int days, int part) =>
        _locks.TryGetValue((days, part), out var row) ? row : _locks[(days, part)] = new();

    public bool HasPart(int days, int part) => _parts.Contains((days, part));

    public bool IsWarned(long participant) => _warnings.Any(warning => warning.Participant == participant);

    /// <summary>What the quarter does with somebody by what is known of them now.</summary>
    public AssessedPerson Assess(SimulatedPerson person)
    {
        var account = book.Accounts.GetValueOrDefault(AccountId.Available(person.Number));
        return new InactivePerson(
            person.Number, (short)person.Part, person.LastCounted, account.Balance, account.Sequence, person.Absences,
            Exclusion: null, IsSuspended: false, IsWarned(person.Number),
            _appeals.TryGetValue(person.Number, out var appeal) && appeal.State != AppealState.Rejected)
            .Assess(InactivityPlan.Quarter, InactivityPlan.Rules);
    }

    /// <summary>Those of a part from whom something would be taken.</summary>
    public ImmutableArray<AssessedPerson> Assess(int part) =>
        [.. people.Where(person => person.Part == part).Select(Assess).Where(person => person.IsAffected)];

    public void Warn(int days, int part, IEnumerable<AssessedPerson> warned)
    {
        AddPart(days, part);
        foreach (var person in warned)
        {
            _warnings.Add((person.Person.Number, days));
            Tell(Text($"warned {person.Person.Number} {days}"));
        }
    }

    /// <summary>The run's row, whoever writes it first.</summary>
    /// <returns>False where the quarter is skipped.</returns>
    public bool Begin()
    {
        IsBegun |= !IsSkipped;
        return IsBegun;
    }

    /// <summary>The same row, as one that is done.</summary>
    public void Skip() => IsSkipped = true;

    public void TellCharged(long participant) => Tell(Text($"charged {participant}"));

    public void DropWarnings() => _warnings.Clear();

    public void AddLines(int part, IEnumerable<AssessedPerson> assessed)
    {
        AddPart(0, part);
        _lines.AddRange(assessed.Select(person => LineOf(person, 1)));
    }

    /// <summary>Where there is neither this attempt nor a debit.</summary>
    public void AddAgain(StoredLine line)
    {
        if (!_debits.ContainsKey(line.Participant) && Last(line.Participant)?.Attempt < line.Attempt)
        {
            _lines.Add(line);
        }
    }

    /// <summary>The attempt that counts; null where there is none.</summary>
    public StoredLine? Last(long participant) => _lines.FindLast(line => line.Participant == participant);

    /// <summary>Those of whom something is still to be taken.</summary>
    public ImmutableArray<StoredLine> Open() =>
    [
        .. people.Select(person => Last(person.Number)).OfType<StoredLine>()
            .Where(line => line.Taken > Amount.Zero && !_debits.ContainsKey(line.Participant)),
    ];

    public void SetDone() => IsDone = true;

    public void Appeal(long participant)
    {
        if (!_appeals.TryAdd(participant, new(book.Head.Sequence, AppealState.Open)))
        {
            throw ServerErrors.NotUnique("appeals.quarter, participant");
        }
    }

    public bool HasStandingAppeal(long participant) =>
        _appeals.TryGetValue(participant, out var appeal) && appeal.State != AppealState.Rejected;

    public bool IsOpen(long participant) =>
        _appeals.TryGetValue(participant, out var appeal) && appeal.State == AppealState.Open;

    public void Decide(long participant, bool isAccepted)
    {
        _appeals[participant] = _appeals[participant] with
        {
            State = isAccepted ? AppealState.Accepted : AppealState.Rejected,
        };
        Tell(Text($"decided {participant}"));
    }

    /// <param name="isTold">With its notice, as it must be.</param>
    public void AddDebit(StoredLine line, long sequence, bool isTold = true)
    {
        _debits[line.Participant] = new(line.Attempt, line.Taken, sequence);
        if (isTold)
        {
            TellCharged(line.Participant);
        }
    }

    /// <summary>What a rejection takes, with the attempt that says so.</summary>
    public void AddRejection(StoredLine line, long sequence)
    {
        Decide(line.Participant, isAccepted: false);
        _lines.Add(line);
        AddDebit(line, sequence);
    }

    public void Credit(long participant, StoredCredit credit)
    {
        _credits[participant] = credit;
        if (credit.Week is not null)
        {
            Tell(Text($"restored {participant}"));
        }
    }

    public void Earn(WeekId week, IEnumerable<long> returned)
    {
        foreach (var participant in returned)
        {
            if (_debits.TryGetValue(participant, out var debit) && !_credits.ContainsKey(participant))
            {
                _earned.TryAdd(participant, (week, debit.Amount));
            }
        }
    }

    /// <summary>All that is due or nothing, decided once.</summary>
    public bool DecideRestorations(WeekId week)
    {
        if (!_restorations.TryGetValue(week, out var isPaid))
        {
            isPaid = Restoration.CanBePaid(book.Balance(LedgerPlan.Rewards), Due().Select(due => due.Amount));
            _restorations[week] = isPaid;
        }

        return isPaid;
    }

    /// <summary>Earned, and not given back.</summary>
    public ImmutableArray<(long Participant, Amount Amount)> Due() =>
        [.. _earned.Where(one => !_credits.ContainsKey(one.Key)).Select(one => (one.Key, one.Value.Amount))];

    public static StoredLine LineOf(AssessedPerson person, int attempt) => new(
        person.Person.Number, attempt, person.Assessment, person.Person.Sequence, person.Taken, person.Standing.Outcome);

    private void Tell(string notice) => _told[notice] = _told.GetValueOrDefault(notice) + 1;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AddPart(int days, int part)
    {
        if (!_parts.Add((days, part)))
        {
            throw ServerErrors.NotUnique("parts.quarter, days, first_shard");
        }
    }
}

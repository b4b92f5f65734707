using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Operators;
using Stk.Grains.AuditLog;
using Stk.Rules.Time;
using Stk.Storage.Sql;

namespace Stk.Grains.Registry;

/// <summary>
/// Schema <c>operators</c>: who acts as an operator or auditor, and which person each subject is. All SQL that touches it is
/// in this file. Always read from the database: what an operator does is rare, and decides about money.
/// </summary>
internal sealed class OperatorRegister(
    NpgsqlDataSource database, AuditWriter audit, IHostEnvironment environment, IClock clock, TimeProvider time)
{
    public const string OperatorRole = "operator";

    private const string Entered = "operator.enter";
    private const int TriesMax = 5;

    private const string ReadSql = """
        SELECT entry, issuer, subject, role, person, participant, since, until, register.at, register.by, ends.at, ends.by,
            NOT taken_over OR confirmations.entry IS NOT NULL
        FROM operators.register LEFT JOIN operators.ends USING (entry)
        LEFT JOIN operators.confirmations USING (entry) ORDER BY entry
        """;

    private const string InsertSql = """
        INSERT INTO operators.register (
            issuer, subject, role, number, person, participant, since, until, at, by, approval, taken_over)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string EndSql = "INSERT INTO operators.ends (entry, at, by, approval) VALUES ($1, $2, $3, $4)";

    private const string ConfirmSql =
        "INSERT INTO operators.confirmations (entry, at, by, reason) VALUES ($1, $2, $3, $4)";

    private const string PredecessorsSql = "SELECT subject FROM operators.predecessors ORDER BY subject";

    // In the commit: an entry that was ended a moment ago signs nothing.
    private const string ExpectSql = """
        SELECT storage.expect(NOT EXISTS (SELECT FROM operators.ends WHERE entry = $1), 'in the register')
        """;

    /// <summary>Every entry, oldest first.</summary>
    public async Task<ImmutableArray<OperatorEntry>> Read(CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<OperatorEntry>();
        await using var command = database.CreateCommand(ReadSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            entries.Add(new(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.TextOrNull(5),
                row.Instant(6), row.InstantOrNull(7), row.Instant(8), row.GetString(9), row.InstantOrNull(10),
                row.TextOrNull(11), row.GetBoolean(12)));
        }

        return entries.DrainToImmutable();
    }

    /// <summary>
    /// Who acts as an operator under a token's subject; null where the register has no such entry in force. In Development
    /// a subject that was never entered is entered first.
    /// </summary>
    public async Task<ActingPerson?> FindOperator(string subject, CancellationToken cancellation)
    {
        var register = await EnterUnknown(subject, OperatorRole, cancellation);
        if (Find(register, OperatorEntry.OwnIssuer, subject, OperatorRole) is not { } entry)
        {
            return null;
        }

        var own = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var one in register.Where(one => one.Person == entry.Person))
        {
            if (one.Issuer == OperatorEntry.OwnIssuer)
            {
                // A participant's token of our own has the same subjects.
                own.Add(one.Subject);
            }

            if (one.Participant is { } participant)
            {
                own.Add(participant);
            }
        }

        return new(subject, entry.Person, entry.Entry, entry.IsConfirmed, own.ToImmutable());
    }

    /// <summary>True where some other person can act as an operator.</summary>
    public bool HasAnother(IEnumerable<OperatorEntry> register, string person)
    {
        var now = time.GetUtcNow();
        return register.Any(entry => entry.Role == OperatorRole && entry.Person != person && entry.IsInForce(now));
    }

    /// <summary>The entry in force of a subject in a role; null where there is none.</summary>
    public OperatorEntry? Find(IEnumerable<OperatorEntry> register, string issuer, string subject, string role)
    {
        var now = time.GetUtcNow();
        return register.FirstOrDefault(entry =>
            entry.Issuer == issuer && entry.Subject == subject && entry.Role == role && entry.IsInForce(now));
    }

    /// <summary>
    /// Enters a subject of our own tokens as a person of its own, where this is Development and the subject was never
    /// entered in this role; with its entry in the audit log.
    /// </summary>
    /// <returns>The register after it.</returns>
    public async Task<ImmutableArray<OperatorEntry>> EnterUnknown(
        string subject, string role, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            var register = await Read(cancellation);
            if (!environment.IsDevelopment()
                || register.Any(
                    entry => entry.Issuer == OperatorEntry.OwnIssuer && entry.Subject == subject && entry.Role == role))
            {
                return register;
            }

            try
            {
                await Enter(
                    register, new(subject, OperatorEntry.OwnIssuer, role, PersonFor(subject, register), null), subject,
                    cancellation);
            }
            catch (PostgresException raced)
                when (raced.SqlState == PostgresErrorCodes.UniqueViolation && number < TriesMax)
            {
                // Another silo was first.
            }
        }
    }

    /// <summary>Subjects that have acted as operators before there was a register.</summary>
    public async Task<ImmutableArray<string>> ReadPredecessors(CancellationToken cancellation)
    {
        var subjects = ImmutableArray.CreateBuilder<string>();
        await using var command = database.CreateCommand(PredecessorsSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            subjects.Add(row.GetString(0));
        }

        return subjects.DrainToImmutable();
    }

    /// <summary>
    /// Enters somebody without a second person: in Development, as one of the first by configuration, or taken over from an
    /// earlier build.
    /// </summary>
    public async Task Enter(
        ImmutableArray<OperatorEntry> register, NewOperator entering, string by, CancellationToken cancellation)
    {
        var at = clock.Now.InWholeMicroseconds();
        var since = time.GetUtcNow().InWholeMicroseconds();
        await audit.Write(
            new(at, by, Entered, entering.Subject, Before: null, AuditEntry.Json(Logged(entering, since)), Reason: null),
            async append =>
            {
                await using var batch = database.CreateBatch();
                batch.BatchCommands.Add(Insert(register, entering, since, null, at, by, null));
                batch.BatchCommands.Add(append);
                await batch.ExecuteNonQueryAsync(cancellation);
                return true;
            });
    }

    /// <summary>As the audit log shows an entry.</summary>
    private static object Logged(NewOperator entering, DateTimeOffset since) => new
    {
        subject = entering.Subject,
        issuer = entering.Issuer,
        role = entering.Role,
        person = entering.Person,
        participant = entering.Participant,
        since,
        takenOver = entering.IsTakenOver,
    };

    /// <summary>The command that enters somebody. It fails where the subject was entered in this role meanwhile.</summary>
    /// <param name="register">As it was read: the number of the entry follows from it.</param>
    /// <param name="at">As the audit log says, by the economy's clock.</param>
    public static NpgsqlBatchCommand Insert(
        IEnumerable<OperatorEntry> register, NewOperator entering, DateTimeOffset since, DateTimeOffset? until,
        DateTimeOffset at, string by, Guid? approval) => new NpgsqlBatchCommand(InsertSql)
            .With(entering.Issuer).With(entering.Subject).With(entering.Role)
            .With(1 + register.Count(entry => entry.Issuer == entering.Issuer && entry.Subject == entering.Subject
                && entry.Role == entering.Role))
            .With(entering.Person).WithNullable(entering.Participant, NpgsqlDbType.Text)
            .With(since.UtcDateTime).WithNullable(until?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .With(at.UtcDateTime).With(by).WithNullable(approval, NpgsqlDbType.Uuid).With(entering.IsTakenOver);

    /// <summary>The command that confirms an entry that was taken over. It fails where it was confirmed meanwhile.</summary>
    public static NpgsqlBatchCommand Confirm(long entry, DateTimeOffset at, string by, string reason) =>
        new NpgsqlBatchCommand(ConfirmSql).With(entry).With(at.UtcDateTime).With(by).With(reason);

    /// <summary>The command that ends an entry. It fails where it was ended meanwhile.</summary>
    public static NpgsqlBatchCommand End(long entry, DateTimeOffset at, string by, Guid approval) =>
        new NpgsqlBatchCommand(EndSql).With(entry).With(at.UtcDateTime).With(by).With(approval);

    /// <summary>The command that fails a commit whose signature is of an entry that was ended meanwhile.</summary>
    public static NpgsqlBatchCommand Expect(ActingPerson person) => new NpgsqlBatchCommand(ExpectSql).With(person.Entry);

    /// <summary>A subject that has another role already is that person; else the first free name.</summary>
    public static string PersonFor(string subject, ImmutableArray<OperatorEntry> register)
    {
        if (register.FirstOrDefault(
                entry => entry.Issuer == OperatorEntry.OwnIssuer && entry.Subject == subject) is { } known)
        {
            return known.Person;
        }

        var name = subject;
        for (var number = 2; register.Any(entry => entry.Person == name); number++)
        {
            name = FormattableString.Invariant($"{subject} ({number})");
        }

        return name;
    }
}

/// <param name="Participant">Null where the person is none.</param>
/// <param name="IsTakenOver">From the log of an earlier build: another person is to confirm it.</param>
internal sealed record NewOperator(
    string Subject, string Issuer, string Role, string Person, string? Participant, bool IsTakenOver = false);

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Stk.Ledger.Verify;
using Stk.Rules.RuleBooks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Both ways: what an operator did is an entry of equal content, and each entry has its row. The entries are signed, so a
/// row that the database's password alone has made has none.
/// </summary>
internal sealed class LogAndTablesAgree : IInvariant
{
    private const string TextsSql = "SELECT sequence, before, after FROM audit.texts ORDER BY sequence";

    private const string BooksSql = "SELECT version, document FROM economy.rule_books ORDER BY version";

    public string Name => "I21";

    public string Statement => "What operators changed is in their log as it is in the tables, each once, and neither has more.";

    [SuppressMessage("Security", "CA2100", Justification = "Every kind is constant.")]
    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (broken, unreadable) = (new List<long>(), new List<int>());
        await foreach (var (sequence, isRead) in Texts(snapshot, cancellation))
        {
            if (!isRead)
            {
                broken.Add(sequence);
                yield return new("audit.texts", $"sequence {sequence}", "JSON", "what is none");
            }
        }

        await foreach (var (version, violation) in Books(snapshot, cancellation))
        {
            unreadable.Add(version);
            yield return violation;
        }

        foreach (var kind in LoggedKinds.All)
        {
            await using var command = new NpgsqlCommand(Sql(kind), snapshot.Connection) { CommandTimeout = 0 }
                .With(broken.ToArray()).With(unreadable.ToArray());
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                yield return new(
                    kind.Table, row.GetString(0), row.TextOrNull(1) ?? "none: the log has no such entry",
                    row.TextOrNull(2) ?? "none");
            }
        }
    }

    private static async IAsyncEnumerable<(long Sequence, bool IsRead)> Texts(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TextsSql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return (row.GetInt64(0), IsJson(row.TextOrNull(1) ?? "null") && IsJson(row.GetString(2)));
        }
    }

    // Those that no program has written, and a first one that is not the source document's.
    private static async IAsyncEnumerable<(int Version, Violation Violation)> Books(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(BooksSql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var (version, document) = (row.GetInt32(0), row.GetFieldValue<byte[]>(1));
            if (StoredRuleBooks.Read(document) is not { } book)
            {
                yield return (version, new("economy.rule_books", $"version {version}", "a rule book", "what is none"));
            }
            else if (version == RuleBook.FromTheSource.Version && !IsTheSources(book))
            {
                yield return (version, new(
                    "economy.rule_books", $"version {version}", "the source document's rules", "others"));
            }
        }
    }

    // As this build writes both: what a later build knows more of is silent in an earlier one's.
    private static bool IsTheSources(RuleBook book) =>
        RuleBookJson.Write(book).AsSpan().SequenceEqual(RuleBookJson.Write(RuleBook.FromTheSource));

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Materialized: nothing is read as JSON that is none.
    private static string Sql(LoggedKind kind) => $"""
        WITH sound AS MATERIALIZED (
            SELECT sequence, action, entry.by, entry.at, texts.subject, texts.before, texts.after, texts.reason
            FROM audit.entries entry JOIN audit.texts texts USING (sequence) WHERE sequence <> ALL ($1)),
        logged AS MATERIALIZED (
            SELECT sequence, action, by, at, subject, before::jsonb AS before, after::jsonb AS after, reason FROM sound),
        said AS (
            SELECT key, content, row_number() OVER (PARTITION BY key, content) AS place
            FROM ({kind.Entries}) AS entry (key, content)),
        kept AS (
            SELECT key, content, row_number() OVER (PARTITION BY key, content) AS place
            FROM ({kind.Rows}) AS held (key, content)
            WHERE $2::integer[] IS NOT NULL)
        SELECT coalesce(key, 'no key'), min(said.content::text) FILTER (WHERE kept.content IS NULL),
            min(kept.content::text) FILTER (WHERE said.content IS NULL)
        FROM said FULL JOIN kept USING (key, content, place)
        WHERE said.content IS NULL OR kept.content IS NULL
        GROUP BY key ORDER BY key
        """;
}

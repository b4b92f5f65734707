using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Verify;
using Stk.Rules.Texts;

namespace Stk.Verification;

/// <summary>
/// Ids and names that nobody new would be given. They break no invariant: whoever had one before the rule keeps it, and
/// somebody may look who that is.
/// </summary>
internal static class NamesFromBefore
{
    private const string Sql = """
        SELECT 'activity.participants', format('number %s', number), id, false FROM activity.participants
        UNION ALL
        SELECT 'activity.sources', format('id %s', id), name, true FROM activity.sources
        """;

    /// <summary>One a name, the rule that it breaks and the name as a terminal may show it.</summary>
    public static async IAsyncEnumerable<Warning> Read(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var name = row.GetString(2);
            if ((row.GetBoolean(3) ? OutsideName.BrokenOfSource(name) : OutsideName.Broken(name)) is { } rule)
            {
                yield return new(row.GetString(0), row.GetString(1), $"\"{WrittenText.Shown(name)}\" {rule}; it keeps working");
            }
        }
    }
}

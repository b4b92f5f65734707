using Npgsql;
using Stk.Ledger.Verify;
using Stk.Rules.RuleBooks;

namespace Stk.Verification;

internal static class StoredRuleBooks
{
    private const string AllSql = "SELECT version, document FROM economy.rule_books";

    /// <summary>By version. One that was altered so that it is no rule book is left out.</summary>
    public static async Task<Dictionary<int, RuleBook>> ReadAll(Snapshot snapshot, CancellationToken cancellation)
    {
        var books = new Dictionary<int, RuleBook>();
        await using var command = new NpgsqlCommand(AllSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (Read(row.GetFieldValue<byte[]>(1)) is { } book)
            {
                books.Add(row.GetInt32(0), book);
            }
        }

        return books;
    }

    /// <summary>Null where the document was altered so that it is no rule book.</summary>
    public static RuleBook? Read(byte[] document)
    {
        try
        {
            return RuleBookJson.ReadStored(document);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

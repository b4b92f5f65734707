using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using Stk.Ledger.Effects;

namespace Stk.Ledger.Tests.Books;

/// <summary>The simplest effect: a row with a text.</summary>
internal sealed record Note(string Text) : IEffect
{
    public EffectKind Kind => (EffectKind)900;

    public ReadOnlyMemory<byte> CanonicalBytes => Encoding.UTF8.GetBytes(Text);

    public static Task CreateTable(Book book) => book.Execute("""
        CREATE SCHEMA test;
        CREATE TABLE test.notes (transaction_id uuid NOT NULL, text text NOT NULL CHECK (text <> 'poison'));
        GRANT USAGE ON SCHEMA test TO stk_service;
        GRANT SELECT, INSERT ON test.notes TO stk_service;
        """);

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand("INSERT INTO test.notes (transaction_id, text) VALUES ($1, $2)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = context.TransactionId },
                new NpgsqlParameter<string> { TypedValue = Text },
            },
        });
}

internal sealed class NoteCheck : IEffectCheck
{
    public EffectKind Kind => (EffectKind)900;

    public string Table => "test.notes";

    public async IAsyncEnumerable<StoredEffect> Read(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // An empty book has no table of notes.
        await using var exists = new NpgsqlCommand("SELECT to_regclass('test.notes') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            yield break;
        }

        await using var command = new NpgsqlCommand(
            "SELECT transaction_id, text FROM test.notes ORDER BY transaction_id", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new(reader.GetGuid(0), Encoding.UTF8.GetBytes(reader.GetString(1)));
        }
    }
}

using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Grains.Tests.Verification;
using Stk.Ledger.Signing;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.AuditLog;

[Collection(SettledWeeksCollection.Name)]
public sealed class AuditWriterTests(SettledWeeks server)
{
    [Fact]
    public async Task Entries_of_two_silos_at_once_make_one_chain_that_is_signed_throughout()
    {
        await using var database = NpgsqlDataSource.Create(await server.Copy());
        using var signer = ChainSigner.Create();
        // What was there before had another key.
        await Run(database, """
            UPDATE audit.entries SET signature = NULL;
            UPDATE storage.unsigned SET sequence = head.sequence, hash = head.hash FROM audit.head WHERE chain = 2
            """);
        using var one = new AuditWriter(new AuditTable(database), signer);
        using var other = new AuditWriter(new AuditTable(database), signer);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? one : other).Write(
            new(DateTimeOffset.UnixEpoch.AddTicks(number), "olga", "test.entry", $"{number}", null, "{}", "\"Ж\""),
            append => Write(database, append))));

        var keys = SigningPublicKeys.Parse(signer.PublicKeyText);
        var findings = await new InvariantsCheck(database, keys: keys).Run().ToListAsync();
        Assert.Empty(findings.Single(finding => finding.Invariant.Name == "I17").Violations);
        await using var count = database.CreateCommand("SELECT count(DISTINCT subject) FROM audit.texts WHERE reason LIKE '%Ж%'");
        Assert.Equal(40L, await count.ExecuteScalarAsync());
    }

    // A row of what is logged by whoever has the services' password, with every hash as it should be.
    [Fact]
    public async Task An_entry_that_no_silo_has_signed_is_named()
    {
        var superuser = await server.Copy();
        await using var database = NpgsqlDataSource.Create(superuser);
        using var thief = ChainSigner.Create();
        using var writer = new AuditWriter(new AuditTable(database), thief);

        await writer.Write(
            new(DateTimeOffset.UnixEpoch, "oleg", "fund.approve", "bob", null, "{}", null), append => Write(database, append));

        var findings = await new InvariantsCheck(database, keys: SettledWeeks.Keys).Run().ToListAsync();
        var violation = Assert.Single(findings.Single(finding => finding.Invariant.Name == "I17").Violations);
        Assert.Equal(("audit.entries", "another"), (violation.Table, violation.Found));
    }

    private static async Task<bool> Write(NpgsqlDataSource database, NpgsqlBatchCommand append)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(append);
        await batch.ExecuteNonQueryAsync();
        return true;
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

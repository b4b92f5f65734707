using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Grains.Requests;
using Stk.Grains.Tests.Economies;
using Stk.Ledger;
using Stk.Rules.Time;
using Stk.Storage.Sql;
using Xunit;

namespace Stk.Grains.Tests.Requests;

/// <summary>Operators' writes of two silos, which overtake each other at the log's head.</summary>
[Collection(EconomyCollection.Name)]
public sealed class TwoWritersTests(EconomyServer server)
{
    private const int Each = 60;

    [Fact]
    public async Task A_write_that_was_overtaken_is_made_again_on_any_connection()
    {
        var economy = await server.Shared();
        // As the silos' own: what is used twice on a connection is prepared there.
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(economy.Superuser)
        {
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            MaxPoolSize = 4,
        });
        var by = $"two-{Guid.NewGuid():N}";

        await Task.WhenAll(Enumerable.Range(0, 2).Select(silo => Task.Run(async () =>
        {
            var writes = new KeyedWrites(
                economy.ServiceOf<RequestTable>(silo), new(database), economy.ServiceOf<ILedger>(silo),
                economy.ServiceOf<AuditWriter>(silo), new(database), economy.ServiceOf<IClock>(silo));
            for (var number = 0; number < Each; number++)
            {
                await writes.Change(Spenders.NewKey(), () => Plan(by), CancellationToken.None);
            }
        })));

        Assert.Equal(2L * Each, await economy.Ask<long>($"SELECT count(*) FROM audit.entries WHERE by = '{by}'"));
    }

    private static Task<RequestPlan<string, string>> Plan(string by) => Task.FromResult<RequestPlan<string, string>>(
        new RequestPlan<string, string>.Write(
            "done",
            new(new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), by, "clock.set", "clock", null, "{}", null),
            new NpgsqlBatchCommand("SELECT $1::bigint").With(1L)));
}

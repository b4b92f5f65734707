using Npgsql;
using Stk.Ledger.Verify;
using Xunit;

namespace Stk.Grains.Tests.Verification;

[Collection(SettledWeeksCollection.Name)]
public sealed class FewConnectionsTests(SettledWeeks server)
{
    // Far fewer than there are kinds of effects.
    private const int Connections = 8;

    [Fact]
    public async Task A_verification_takes_no_connection_a_kind_of_effect()
    {
        var few = new NpgsqlConnectionStringBuilder(await server.Copy()) { MaxPoolSize = Connections };
        await using var database = NpgsqlDataSource.Create(few);

        var result = await new LedgerVerifier(database, EffectChecks.All).Run();

        Assert.Null(result.Fault);
        Assert.True(EffectChecks.All.Length > Connections);
    }
}

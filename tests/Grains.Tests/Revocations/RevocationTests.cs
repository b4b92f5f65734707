using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Revocations;
using Stk.Grains.Revocations;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Revocations;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Revocations;

[Collection(EconomyCollection.Name)]
public sealed class RevocationTests(EconomyServer server)
{
    private static readonly DateTimeOffset Made = DateTimeOffset.UtcNow.AddMinutes(-5);

    [Fact]
    public async Task Every_silo_hears_of_a_revocation_and_gives_it_to_hosts_without_a_database()
    {
        var economy = await server.Shared();
        var id = $"rv-{Guid.NewGuid():N}";
        var token = new TokenIdentity(id, "rv-ann", "participant", Made);

        var reply = await Grain(economy).Revoke(Request(id, null), CancellationToken.None);

        Assert.Equal((id, null, "rv-olga"), (reply.TokenId, reply.Before, reply.By));
        foreach (var silo in new[] { 0, 1 })
        {
            var known = economy.ServiceOf<SiloRevocations>(silo);
            await Eventually.True(() => Task.FromResult(known.IsRevoked(token)), $"silo {silo} has heard of it");
            Assert.False(known.IsRevoked(token with { Id = "another" }));
            Assert.Contains(known.After(0), row => row.TokenId == id);
        }

        var told = economy.Grains.GetGrain<IRevokedTokensGrain>(0);
        var last = await Eventually.Get(
            () => told.GetAfter(0, CancellationToken.None), rows => rows.Any(row => row.TokenId == id), "it is told");
        Assert.Equal(Enumerable.Range(1, last.Length), last.Select(row => row.Number));
    }

    [Fact]
    public async Task Ten_at_once_are_ten_numbers_without_a_gap()
    {
        var economy = await server.Shared();
        var id = Guid.NewGuid().ToString("N");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            Grain(economy).Revoke(Request($"{id}-{number}", null), CancellationToken.None)));

        Assert.Equal(
            await economy.Ask<long>("SELECT count(*) FROM revocations.tokens"),
            await economy.Ask<long>("SELECT max(number)::bigint FROM revocations.tokens"));
    }

    [Fact]
    public async Task Whose_entry_in_the_register_has_ended_revokes_nothing_and_can_sign_out()
    {
        var economy = await server.Shared();
        var (id, session) = ($"ro-{Guid.NewGuid():N}", $"ro-{Guid.NewGuid():N}");
        Assert.True(await economy.Grains.GetGrain<ISignInGrain>(session).RedeemBy("ro-gone", Made));
        await economy.EndOperator("ro-gone");

        var refused = await Grain(economy).Revoke(Request(id, null) with { By = "ro-gone" }, CancellationToken.None);
        await Grain(economy).SignOut(session, "ro-gone", CancellationToken.None);

        Assert.True(refused.IsOperatorUnknown);
        Assert.Equal(
            [session],
            await economy.Rows($"SELECT token FROM revocations.tokens WHERE token IN ('{id}', '{session}')"));
    }

    [Fact]
    public async Task Log_and_tables_say_the_same_of_revocations_and_sign_ins()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Grain(economy).Revoke(Request("rl-token", null), CancellationToken.None);
        await Grain(economy).Revoke(Request(null, "rl-ann"), CancellationToken.None);
        await Grain(economy).Revoke(Request(null, "rl-bob", Made.AddTicks(7)), CancellationToken.None);
        Assert.True(await economy.Grains.GetGrain<ISignInGrain>("rl-code").RedeemBy("rl-olga", Made));
        Assert.Empty(await Broken(economy));

        foreach (var (table, sql, back) in new[]
        {
            ("revocations.tokens", "UPDATE revocations.tokens SET token = 'x' WHERE token = 'rl-token'", "UPDATE revocations.tokens SET token = 'rl-token' WHERE token = 'x'"),
            ("revocations.tokens", "UPDATE revocations.tokens SET before = before - interval '1 hour' WHERE subject = 'rl-ann'", "UPDATE revocations.tokens SET before = before + interval '1 hour' WHERE subject = 'rl-ann'"),
            ("revocations.tokens", "UPDATE revocations.tokens SET role = 'ingest' WHERE subject = 'rl-bob'", "UPDATE revocations.tokens SET role = NULL WHERE subject = 'rl-bob'"),
            ("economy.sign_ins", "UPDATE economy.sign_ins SET by = 'x'", "UPDATE economy.sign_ins SET by = 'rl-olga'"),
        })
        {
            await economy.Execute(sql);
            Assert.Contains(table, await Broken(economy));
            await economy.Execute(back);
            Assert.Empty(await Broken(economy));
        }

        await economy.Execute("DELETE FROM revocations.tokens WHERE number = 1; DELETE FROM economy.sign_ins");
        Assert.Equal(["economy.sign_ins", "revocations.tokens"], (await Broken(economy)).Order());
    }

    private static IRevocationsGrain Grain(TestEconomy economy) => economy.Grains.GetGrain<IRevocationsGrain>(0);

    private static RevokeRequest Request(string? id, string? subject, DateTimeOffset? before = null) =>
        new(NewKey(), id, subject, before, "stolen", "rv-olga");

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .SelectMany(finding => finding.Violations).Select(violation => violation.Table),
    ];
}

using Stk.GrainInterfaces.Operators;
using Stk.Grains.Operators;
using Stk.Grains.Tests.Economies;
using Xunit;

namespace Stk.Grains.Tests.Operators;

[Collection(EconomyCollection.Name)]
public sealed class SignInTests(EconomyServer server)
{
    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddMinutes(5);

    [Fact]
    public async Task A_code_is_redeemed_once_however_many_ask()
    {
        var economy = await server.Shared();
        var code = economy.Grains.GetGrain<ISignInGrain>($"code-{Guid.NewGuid()}");

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => code.RedeemBy("olga", Soon)));

        Assert.Single(redeemed, isFirst => isFirst);
        Assert.False(await code.RedeemBy("olga", Soon));
    }

    [Fact]
    public async Task A_code_is_redeemed_once_where_two_silos_ask_the_database_at_once()
    {
        var economy = await server.Shared();
        for (var i = 0; i < 10; i++)
        {
            var code = $"code-{Guid.NewGuid()}";
            var redeemed = await Task.WhenAll(
                economy.ServiceOf<SignIns>(0).Use(code, "olga", Soon), economy.ServiceOf<SignIns>(1).Use(code, "olga", Soon));

            Assert.Single(redeemed, isFirst => isFirst);
        }
    }

    [Fact]
    public async Task A_code_stays_used_though_its_row_is_gone_and_its_sign_in_is_an_entry()
    {
        var economy = await server.Shared();
        var code = $"code-{Guid.NewGuid()}";
        Assert.True(await economy.Grains.GetGrain<ISignInGrain>(code).RedeemBy("si-olga", Soon));

        await economy.Execute($"DELETE FROM economy.sign_ins WHERE code = '{code}'");

        Assert.False(await economy.Grains.GetGrain<ISignInGrain>(code).RedeemBy("si-olga", Soon));
        Assert.Equal(["operator.sign-in si-olga"], await economy.Rows($"""
            SELECT action, by FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject = '{code}'
            """));
        await economy.Execute($"""
            INSERT INTO economy.sign_ins (code, expires, by, at)
            SELECT '{code}', now(), by, at FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject = '{code}'
            """);
    }
}

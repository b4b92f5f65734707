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

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => code.Redeem(Soon)));

        Assert.Single(redeemed, isFirst => isFirst);
        Assert.False(await code.Redeem(Soon));
    }

    [Fact]
    public async Task A_code_is_redeemed_once_where_two_silos_ask_the_database_at_once()
    {
        var economy = await server.Shared();
        for (var i = 0; i < 10; i++)
        {
            var code = $"code-{Guid.NewGuid()}";
            var redeemed = await Task.WhenAll(
                economy.ServiceOf<SignInTable>(0).Insert(code, Soon), economy.ServiceOf<SignInTable>(1).Insert(code, Soon));

            Assert.Single(redeemed, isFirst => isFirst);
        }
    }
}

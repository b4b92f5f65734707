using System.Security.Cryptography;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Treasury;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Callers;

/// <summary>What a client of the silos can do with what it says of itself: nothing that its token does not say.</summary>
[Collection(EconomyCollection.Name)]
public sealed class CallerTests(EconomyServer server)
{
    [Fact]
    public async Task A_participant_spends_what_is_the_participants_own_and_reads_it()
    {
        var economy = await server.Shared();
        using var ann = Acting.As("participant", "callers-ann");

        Assert.IsType<SpendingReply<TransferView>.Refused>(await Transfer(economy, "callers-ann"));
        Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => Transfer(economy, "callers-bob")));
        Assert.Equal(Amount.Zero, (await economy.Participant("callers-ann").GetBalance()).Available);
        Assert.Equal(
            CallRefusal.NotAllowed, await Refusal(() => economy.Participant("callers-bob").GetBalance().AsTask()));
    }

    [Fact]
    public async Task An_operator_signs_as_nobody_else()
    {
        var economy = await server.Shared();
        using var olga = Acting.As("operator", "olga");

        Assert.Equal(CallRefusal.CallerMismatch, await Refusal(() => Spend(economy, by: "oleg")));
        Assert.Equal(CallRefusal.CallerMismatch, await Refusal(() => Spend(economy, by: "")));
        Assert.Equal(CallRefusal.CallerMismatch, await Refusal(() => economy.Grains.GetGrain<ITreasuryGrain>(0).Decide(
            new(NewKey(), Guid.NewGuid(), IsApproved: true, "as another", By: "oleg"), CancellationToken.None)));
        await Spend(economy, by: "olga");
    }

    [Fact]
    public async Task A_participant_offers_a_service_as_no_operator()
    {
        var economy = await server.Shared();
        using var ann = Acting.As("participant", "callers-ann");

        Assert.Equal(CallRefusal.CallerMismatch, await Refusal(() =>
            economy.Grains.GetGrain<GrainInterfaces.Services.IServiceGrain>("callers_service").Put(
                new(NewKey(), Draft: null!, ExpectedVersion: null, By: "callers-ann", IsOperator: true),
                CancellationToken.None)));
    }

    [Fact]
    public async Task A_source_records_as_no_other_source()
    {
        var economy = await server.Shared();
        using var forum = Acting.As("ingest", "forum");

        Assert.Equal(CallRefusal.CallerMismatch, await Refusal(() =>
            economy.Participant("callers-ann").Record(new("club", []), CancellationToken.None)));
    }

    [Fact]
    public async Task A_token_that_another_key_has_signed_or_that_has_ended_is_none()
    {
        var economy = await server.Shared();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var token in new[]
        {
            "",
            "no token",
            Acting.Token("participant", "callers-ann", key: stranger),
            Acting.Token("participant", "callers-ann", lifetime: TimeSpan.FromMinutes(-1)),
            Acting.Code("callers-ann", "a-code", DateTime.UtcNow.AddMinutes(5))[..^3],
        })
        {
            using var acting = Acting.WithToken(token);

            Assert.Equal(CallRefusal.NotProven, await Refusal(() => Transfer(economy, "callers-ann")));
        }
    }

    [Fact]
    public async Task An_operators_token_that_lives_longer_than_12_hours_is_none_and_a_participants_is_one()
    {
        var economy = await server.Shared();
        using (Acting.WithToken(Acting.Token("operator", "olga", lifetime: TimeSpan.FromHours(13))))
        {
            Assert.Equal(CallRefusal.NotProven, await Refusal(() => Spend(economy, by: "olga")));
        }

        using (Acting.WithToken(Acting.Token("operator", "olga", lifetime: TimeSpan.FromHours(11))))
        {
            await Spend(economy, by: "olga");
        }

        using (Acting.WithToken(Acting.Token("participant", "callers-ann", lifetime: TimeSpan.FromHours(13))))
        {
            Assert.Equal(Amount.Zero, (await economy.Participant("callers-ann").GetBalance()).Available);
        }
    }

    [Fact]
    public async Task A_sign_in_code_redeems_itself_and_is_good_for_nothing_else()
    {
        var economy = await server.Shared();
        var (mine, other) = ($"code-{Guid.NewGuid():N}", $"code-{Guid.NewGuid():N}");
        var ends = new DateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds() * TimeSpan.TicksPerSecond
            + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);
        using var acting = Acting.WithToken(Acting.Code("olga", mine, ends.UtcDateTime));
        var grains = economy.Grains;

        Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => grains.GetGrain<ISignInGrain>(other).Redeem(ends)));
        Assert.Equal(
            CallRefusal.CallerMismatch,
            await Refusal(() => grains.GetGrain<ISignInGrain>(mine).Redeem(ends.AddYears(100))));
        Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => Spend(economy, by: "olga")));
        Assert.True(await grains.GetGrain<ISignInGrain>(mine).Redeem(ends));
        Assert.False(await grains.GetGrain<ISignInGrain>(mine).Redeem(ends));
    }

    [Fact]
    public async Task A_reminder_is_fired_by_the_silos_alone()
    {
        var economy = await server.Shared();
        var reminder = economy.Schedule.Cast<IRemindable>();

        using (Acting.As("operator", "olga"))
        {
            Assert.Equal(CallRefusal.NotForClients, await Refusal(() => reminder.ReceiveReminder("due", default)));
        }

        // As the reminder service of a silo does.
        await economy.ServiceOf<IGrainFactory>(0).GetGrain<IScheduleGrain>(0).Cast<IRemindable>()
            .ReceiveReminder("due", default);
    }

    [Fact]
    public async Task What_is_Orleans_own_is_closed_too()
    {
        var economy = await server.Shared();
        var management = economy.Management;
        using var olga = Acting.As("operator", "olga");

        Assert.Equal(CallRefusal.NotForClients, await Refusal(() => management.GetTotalActivationCount()));
        Assert.Equal(
            CallRefusal.NotForClients,
            await Refusal(() => management.ForceActivationCollection(TimeSpan.FromHours(1))));
    }

    private static async Task<CallRefusal?> Refusal(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (CallRefusedException refused)
        {
            return refused.Reason;
        }
    }

    private static Task<SpendingReply<TransferView>> Transfer(TestEconomy economy, string from) =>
        economy.Grains.GetGrain<ISpenderGrain>(from).Transfer(
            new(NewKey(), "callers-carl", Amount.OfStk(25), Note: null), CancellationToken.None);

    private static Task<SpendingReply<FundSpendView>> Spend(TestEconomy economy, string by) =>
        economy.Grains.GetGrain<ITreasuryGrain>(0).Spend(
            new(
                NewKey(), Fund.Treasury, "callers-carl", Amount.OfStk(1_000_000), FundSpendKind.Grant, "for nothing",
                VestsDays: 0, by),
            CancellationToken.None);
}

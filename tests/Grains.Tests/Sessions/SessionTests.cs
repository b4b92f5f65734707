using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Sessions;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Sessions;
using Stk.Rules.Treasury;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Sessions;

/// <summary>A page's caller is its session: what a host shows of it is proved in the silo, as a token is.</summary>
[Collection(EconomyCollection.Name)]
public sealed class SessionTests(EconomyServer server)
{
    [Fact]
    public async Task A_code_opens_one_session_however_many_ask()
    {
        var economy = await server.Shared();
        var code = NewCode();
        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Open(economy, "ses-once", code)));

        var session = Assert.Single(opened, one => one is not null);
        Assert.True(SessionSecret.IsOne(session!.Secret));
        Assert.Null(await Open(economy, "ses-once", code));
    }

    [Fact]
    public async Task A_code_of_the_pages_is_good_for_no_other_sign_in_and_the_other_for_no_session()
    {
        var economy = await server.Shared();
        var (mine, ends) = (NewCode(), Ends());
        using (Acting.WithToken(Acting.PagesCode("ses-ann", mine, ends.UtcDateTime)))
        {
            Assert.Equal(CallRefusal.NotAllowed, await Refusal(() =>
                economy.Grains.GetGrain<ISignInGrain>(mine).RedeemBy("ses-ann", ends)));
            Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => Code(economy, NewCode()).Open("ses-ann", ends, default)));
            Assert.Equal(CallRefusal.CallerMismatch, await Refusal(() => Code(economy, mine).Open("ses-bob", ends, default)));
            Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => economy.Participant("ses-ann").GetLimits()));
            Assert.NotNull(await Code(economy, mine).Open("ses-ann", ends, default));
        }

        using (Acting.WithToken(Acting.Code("olga", mine, ends.UtcDateTime)))
        {
            Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => Code(economy, mine).Open("olga", ends, default)));
        }
    }

    [Fact]
    public async Task A_session_is_its_subjects_and_nobody_elses()
    {
        var economy = await server.Shared();
        var secret = (await Open(economy, "ses-own"))!.Secret;
        using var acting = Acting.WithToken(secret);

        Assert.Equal(Amount.Zero, (await economy.Participant("ses-own").GetBalance()).Available);
        Assert.Equal(1, (await Profile(economy, "ses-own").GetStanding()).Level);
        Assert.Equal(
            CallRefusal.NotAllowed, await Refusal(() => economy.Participant("ses-other").GetBalance().AsTask()));
        Assert.Equal(CallRefusal.NotAllowed, await Refusal(() => economy.Grains.GetGrain<ITreasuryGrain>(0).Spend(
            new(Spenders.NewKey(), Fund.Treasury, "ses-own", Amount.OfStk(1), FundSpendKind.Grant, "mine", 0, "ses-own"),
            CancellationToken.None)));
        Assert.Equal(CallRefusal.NotForClients, await Refusal(() =>
            economy.Grains.GetGrain<GrainInterfaces.Schedules.IScheduleGrain>(0).Wake()));
    }

    [Fact]
    public async Task A_host_without_a_session_and_one_that_makes_one_up_are_nobody()
    {
        var economy = await server.Shared();
        foreach (var secret in new[]
        {
            SessionSecret.Of(new byte[SessionSecret.Length]),
            (await Open(economy, "ses-made"))!.Secret[..^1],
            (await Open(economy, "ses-made"))!.Secret + "0",
            Convert.ToHexStringLower(SessionSecret.Hash((await Open(economy, "ses-made"))!.Secret)),
        })
        {
            using var acting = Acting.WithToken(secret);

            Assert.Equal(
                CallRefusal.NotProven, await Refusal(() => economy.Participant("ses-made").GetBalance().AsTask()));
        }

        using var nobody = Acting.AsNobody();
        Assert.Equal(CallRefusal.NotProven, await Refusal(() => economy.Participant("ses-made").GetBalance().AsTask()));
        Assert.Equal(CallRefusal.NotProven, await Refusal(() => Code(economy, NewCode()).Open("ses-made", Ends(), default)));
    }

    [Fact]
    public async Task A_sign_out_ends_a_session_on_every_silo_and_no_other_session()
    {
        var economy = await server.Shared();
        var (mine, other) = ((await Open(economy, "ses-out"))!.Secret, (await Open(economy, "ses-out"))!.Secret);
        foreach (var silo in new[] { 0, 1 })
        {
            Assert.NotNull(await economy.ServiceOf<ISessions>(silo).Find(mine, CancellationToken.None));
        }

        await Sessions(economy).End(mine, CancellationToken.None);
        await Sessions(economy).End(mine, CancellationToken.None);

        foreach (var silo in new[] { 0, 1 })
        {
            var sessions = economy.ServiceOf<ISessions>(silo);
            await Eventually.True(
                async () => await sessions.Find(mine, CancellationToken.None) is null, "the session has ended here too");
            Assert.NotNull(await sessions.Find(other, CancellationToken.None));
        }

        using var acting = Acting.WithToken(mine);
        Assert.Equal(CallRefusal.NotProven, await Refusal(() => economy.Participant("ses-out").GetBalance().AsTask()));
    }

    [Fact]
    public async Task All_of_a_subjects_sessions_end_together_and_no_other_subjects()
    {
        var economy = await server.Shared();
        var mine = new[] { (await Open(economy, "ses-all"))!.Secret, (await Open(economy, "ses-all"))!.Secret };
        var others = (await Open(economy, "ses-all-other"))!.Secret;

        await Sessions(economy).EndAll(mine[0], CancellationToken.None);

        foreach (var secret in mine)
        {
            await Eventually.True(
                async () => await Sessions(economy).Find(secret, CancellationToken.None) is null, "the session has ended");
        }

        Assert.Equal("ses-all-other", (await Sessions(economy).Find(others, CancellationToken.None))?.Subject);
    }

    [Fact]
    public async Task A_revocation_of_the_subject_ends_the_sessions_of_before()
    {
        var economy = await server.Shared();
        var secret = (await Open(economy, "ses-revoked"))!.Secret;
        await economy.Execute("UPDATE sessions.sessions SET signed_in_at = signed_in_at - interval '1 minute' WHERE subject = 'ses-revoked'");

        await economy.Grains.GetGrain<GrainInterfaces.Revocations.IRevocationsGrain>(0).Revoke(
            new(Spenders.NewKey(), null, "ses-revoked", null, "lost the phone", "operator"), CancellationToken.None);

        await Eventually.True(
            async () => await Sessions(economy).Find(secret, CancellationToken.None) is null, "the session has ended");
        Assert.NotNull(await Open(economy, "ses-revoked"));
    }

    [Fact]
    public async Task A_session_that_has_stood_idle_is_over_and_a_use_is_written_now_and_then()
    {
        var economy = await server.Shared();
        var (idle, used) = ((await Open(economy, "ses-idle"))!.Secret, (await Open(economy, "ses-used"))!.Secret);
        await economy.Execute("""
            UPDATE sessions.sessions SET signed_in_at = signed_in_at - interval '8 days', seen_at = now() - interval '7 days'
            WHERE subject = 'ses-idle';
            UPDATE sessions.sessions SET signed_in_at = signed_in_at - interval '8 days', seen_at = now() - interval '6 days'
            WHERE subject = 'ses-used'
            """);
        var sessions = economy.ServiceOf<ISessions>(0);

        Assert.Null(await sessions.Find(idle, CancellationToken.None));
        Assert.NotNull(await sessions.Find(used, CancellationToken.None));

        Assert.Equal(1, await economy.Ask<long>(
            "SELECT count(*) FROM sessions.sessions WHERE subject = 'ses-used' AND seen_at > now() - interval '1 day'"));
    }

    [Fact]
    public async Task The_secret_is_stored_nowhere_and_rows_of_long_ago_are_swept()
    {
        var economy = await server.Shared();
        var secret = (await Open(economy, "ses-stored"))!.Secret;
        Assert.Equal(0, await economy.Ask<long>(
            $"SELECT count(*) FROM sessions.sessions s WHERE s::text LIKE '%{secret["stk-session-".Length..]}%'"));
        await economy.Execute("""
            UPDATE sessions.sessions SET signed_in_at = now() - interval '40 days', ends_at = now() - interval '2 days'
            WHERE subject = 'ses-stored'
            """);

        await Eventually.True(
            async () =>
            {
                await Open(economy, "ses-sweeper");
                return await economy.Ask<long>("SELECT count(*) FROM sessions.sessions WHERE subject = 'ses-stored'") == 0;
            },
            "the row is swept");
    }

    private static string NewCode() => $"pages-{Guid.NewGuid():N}";

    private static DateTimeOffset Ends() =>
        DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds());

    private static ISessionCodeGrain Code(TestEconomy economy, string code) =>
        economy.Grains.GetGrain<ISessionCodeGrain>(code);

    private static ISessionsGrain Sessions(TestEconomy economy) => economy.Grains.GetGrain<ISessionsGrain>(0);

    private static IProfileGrain Profile(TestEconomy economy, string id) => economy.Grains.GetGrain<IProfileGrain>(id);

    private static Task<OpenedSession?> Open(TestEconomy economy, string subject, string? code = null) =>
        Code(economy, code ?? NewCode()).Open(subject, Ends(), CancellationToken.None);

    private static async Task<CallRefusal?> Refusal(Func<Task> call) =>
        (await Assert.ThrowsAsync<CallRefusedException>(call)).Reason;
}

using Stk.GrainInterfaces.Participants;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Participants;

/// <summary>An API host of the build before, which is replaced after all silos, is answered by this one's.</summary>
[Collection(EconomyCollection.Name)]
public sealed class FormerInterfaceTests(EconomyServer server)
{
    [Fact]
    public async Task Events_that_an_API_host_of_the_build_before_sends_are_recorded_whole()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Clock.GetOrSetGenesis([new("former-ann", week.Start)]);
        var former = economy.Grains.GetGrain<IParticipantGrain>("former-ann");
        var (counted, level) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var answers = await former.Record(
            new(
                "former",
                [
                    new(counted, "ClubPostCreated", week.Start, null, null, null),
                    new(level, "QualificationChanged", week.Start, null, null, 3),
                    new(Guid.CreateVersion7(), "ClubPostCreatedRetracted", week.Start, null, counted, null),
                ]),
            CancellationToken.None);

        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Applied, EventOutcome.Applied], answers.Select(answer => answer.Outcome));
        Assert.Equal(0, (await former.GetLimits()).PointsThisWeek);
        Assert.Equal(await former.GetProfile(), await economy.Participant("former-ann").GetProfile());
        Assert.Equal(
            EventOutcome.Duplicate,
            Assert.Single(await economy.Outcomes(
                "former", new Sent("former-ann", new(counted, "ClubPostCreated", "former-ann", week.Start)))));
    }

    [Fact]
    public async Task What_an_API_host_of_the_build_before_asks_is_answered_as_by_the_interfaces_of_now()
    {
        var economy = await server.Shared();
        await economy.Fund("former-bob", Amount.OfStk(500));
        await economy.Register("former-mia");
        Done(await economy.Buy("former-bob", "mentor_session_1h", recipients: ("mentor", "former-mia")));
        var former = economy.Grains.GetGrain<IParticipantGrain>("former-bob");
        var (bob, mia) = (economy.Spender("former-bob"), economy.Spender("former-mia"));
        var now = economy.Entitled("former-bob");

        Assert.Equal(Amount.OfStk(300), (await former.GetBalance()).Available);
        Assert.Equal(
            (await economy.Participant("former-bob").GetHistory(new(null, 5), CancellationToken.None)).Changes.AsEnumerable(),
            (await former.GetHistory(new(null, 5), CancellationToken.None)).Changes);
        Assert.Equal(
            (await now.ListEntitlements(CancellationToken.None)).Entitlements.AsEnumerable(),
            await bob.GetEntitlements(CancellationToken.None));
        Assert.Equal(
            await now.CheckEntitlement("mentor_session_1h"), await bob.CheckEntitlement("mentor_session_1h"));
        Assert.Equal(
            (await economy.Participant("former-mia").GetSales(new(null, 5), CancellationToken.None)).Sales.AsEnumerable(),
            (await mia.GetSales(new(null, 5), CancellationToken.None)).Sales);
    }

    [Fact]
    public async Task An_event_of_another_participant_is_a_fault_of_the_caller()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var stray = Sent.Of("former-eve", "ClubPostCreated", week.Start);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            economy.Participant("former-cat").Record(new("former", [stray.Event]), CancellationToken.None));
    }
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Services;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Services;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Services;

[Collection(EconomyCollection.Name)]
public sealed class ServiceTests(EconomyServer server)
{
    [Fact]
    public async Task The_sources_three_services_are_for_sale_at_its_prices_and_splits()
    {
        var economy = await server.Shared();

        var services = (await Catalogue(economy).List(isWhole: false, CancellationToken.None))
            .Where(service => service.Id is "course_basic" or "mentor_session_1h" or "ai_agent_premium").ToList();

        Assert.Equal(
            [
                ("ai_agent_premium", 1_000L, "developer 6000, treasury 4000", new TermView(null, 1, null)),
                ("course_basic", 500L, "author 7000, treasury 3000", new TermView(null, null, null)),
                ("mentor_session_1h", 200L, "mentor 8000, treasury 2000", new TermView(null, null, 1)),
            ],
            services.Select(service => (
                service.Id, service.Price.Micro / Amount.MicroPerStk,
                string.Join(", ", service.Split.Select(share => $"{share.Role} {share.ShareBp}")), service.Term)));
    }

    [Fact]
    public async Task A_providers_service_is_for_sale_once_an_operator_has_admitted_it_and_each_change_is_a_version()
    {
        var economy = await server.Shared();
        await economy.Register("sv-mia");
        var service = economy.Service("sv_session");
        var draft = Draft(Amount.OfStk(5), new(null, null, 1), ("mentor", 10_000)) with
        {
            Recipients = ImmutableDictionary<string, string>.Empty.Add("mentor", "sv-mia"),
        };

        var proposed = Done(await service.Put(new(NewKey(), draft, null, "sv-mia", IsOperator: false), CancellationToken.None));
        Assert.Equal((1, ServiceState.Proposed, "sv-mia"), (proposed.Version, proposed.State, proposed.Provider));
        Assert.DoesNotContain(
            await Catalogue(economy).List(isWhole: false, CancellationToken.None), one => one.Id == "sv_session");
        Assert.Contains(
            await Catalogue(economy).List(isWhole: true, CancellationToken.None), one => one.Id == "sv_session");
        var admitted = Done(await service.SetState(new(NewKey(), true, "good", "operator"), CancellationToken.None));
        Assert.Equal((2, ServiceState.Admitted), (admitted.Version, admitted.State));
        Assert.Equal("sv-mia", admitted.Recipients["mentor"]);
        var dearer = Done(await service.Put(
            new(NewKey(), draft with { Price = Amount.OfStk(6) }, 2, "sv-mia", IsOperator: false), CancellationToken.None));
        Assert.Equal((3, ServiceState.Proposed, Amount.OfStk(6)), (dearer.Version, dearer.State, dearer.Price));
        var changed = Done(await service.Put(
            new(NewKey(), draft with { Price = Amount.OfStk(7) }, 3, "operator", IsOperator: true), CancellationToken.None));
        Assert.Equal((4, ServiceState.Admitted, "sv-mia"), (changed.Version, changed.State, changed.Provider));

        await economy.Cluster.DeactivateAsync(service);
        var read = await service.Get();
        Assert.Equal(Comparable(changed), Comparable(read!));
        Assert.Equal(
            ["1 5000000", "2 5000000", "3 6000000", "4 7000000"],
            await economy.Rows("SELECT version, price_micro FROM spending.service_versions WHERE service = 'sv_session' ORDER BY 1"));
    }

    [Fact]
    public async Task A_change_is_refused_that_is_anothers_or_of_another_version_or_breaks_a_rule()
    {
        var economy = await server.Shared();
        await economy.Register("sw-mia");
        await economy.Register("sw-max");
        var service = economy.Service("sw_session");
        var draft = Draft(Amount.OfStk(5), new(null, null, 1), ("mentor", 10_000));
        Done(await service.Put(new(NewKey(), draft, null, "sw-mia", IsOperator: false), CancellationToken.None));

        Assert.IsType<ServiceReply.Unknown>(
            await service.Put(new(NewKey(), draft, null, "sw-max", IsOperator: false), CancellationToken.None));
        Assert.IsType<ServiceReply.Changed>(
            await service.Put(new(NewKey(), draft, 2, "sw-mia", IsOperator: false), CancellationToken.None));
        Assert.IsType<ServiceReply.Unknown>(
            await economy.Service("sw_none").SetState(new(NewKey(), true, "?", "operator"), CancellationToken.None));
        var invalid = Assert.IsType<ServiceReply.Invalid>(await service.Put(
            new(NewKey(), Draft(Amount.Zero, new(1, 1, null), ("mentor", 9_999)), null, "sw-mia", IsOperator: false),
            CancellationToken.None));
        Assert.Equal(["price", "split", "term"], invalid.Objections.Select(objection => objection.Field));
        var unknown = Assert.IsType<ServiceReply.Invalid>(await service.Put(
            new(
                NewKey(), draft with { Recipients = ImmutableDictionary<string, string>.Empty.Add("mentor", "sw-nobody") }, null,
                "sw-mia", IsOperator: false),
            CancellationToken.None));
        Assert.Equal("recipients.mentor", Assert.Single(unknown.Objections).Field);
        Assert.Equal(1, (await service.Get())!.Version);
    }

    [Fact]
    public async Task The_same_change_twenty_times_at_once_is_one_version_with_one_entry_in_the_audit_log()
    {
        var economy = await server.Shared();
        var key = Key("sx", "body");
        var draft = Draft(Amount.OfStk(5), new(null, null, 1), ("treasury", 10_000));

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            economy.Service("sx_session").Put(new(key, draft, null, "operator", IsOperator: true), CancellationToken.None)));

        Assert.Single(replies.Select(Done).Select(Comparable).Distinct());
        Assert.Equal(1, replies.Count(reply => reply is ServiceReply.Done { IsReplay: false }));
        Assert.IsType<ServiceReply.KeyReused>(await economy.Service("sx_session").Put(
            new(Key("sx", "other"), draft, null, "operator", IsOperator: true), CancellationToken.None));
        Assert.Equal(["service.put operator"], await economy.Rows("""
            SELECT action, by FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject = 'sx_session'
            """));
    }

    private static ICatalogueGrain Catalogue(TestEconomy economy) => economy.Grains.GetGrain<ICatalogueGrain>(0);

    private static ServiceView Done(ServiceReply reply) => Assert.IsType<ServiceReply.Done>(reply).View;

    // Arrays and dictionaries compare by reference.
    private static string Comparable(ServiceView service) => System.Text.Json.JsonSerializer.Serialize(service);
}

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
        var draft = Mentored("sv-mia");

        var proposed = Done(await service.Put(new(NewKey(), draft, null, "sv-mia", IsOperator: false), CancellationToken.None));
        Assert.Equal((1, ServiceState.Proposed, "sv-mia"), (proposed.Version, proposed.State, proposed.Provider));
        Assert.DoesNotContain(await Listed(economy, isWhole: false), one => one.Id == "sv_session");
        Assert.Contains(await Listed(economy, isWhole: true), one => one.Id == "sv_session");
        var admitted = Done(await service.SetState(new(NewKey(), true, "good", "operator"), CancellationToken.None));
        Assert.Equal((2, ServiceState.Admitted), (admitted.Version, admitted.State));
        Assert.Equal("sv-mia", admitted.Recipients["mentor"]);
        var dearer = Done(await service.Put(
            new(NewKey(), draft with { Price = Amount.OfStk(6) }, 2, "sv-mia", IsOperator: false), CancellationToken.None));
        Assert.Equal((3, ServiceState.Proposed, Amount.OfStk(6)), (dearer.Version, dearer.State, dearer.Price));
        // Off sale while its change waits.
        Assert.Equal(Comparable(dearer), Comparable((await service.Get())!));
        Assert.DoesNotContain(await Listed(economy, isWhole: false), one => one.Id == "sv_session");
        Assert.Single(await Listed(economy, isWhole: true), one => one.Id == "sv_session");
        var changed = Done(await service.Put(
            new(NewKey(), draft with { Price = Amount.OfStk(7) }, 3, "operator", IsOperator: true, "sv-mia"), CancellationToken.None));
        Assert.Equal((4, ServiceState.Admitted, "sv-mia"), (changed.Version, changed.State, changed.Provider));

        await economy.Cluster.DeactivateAsync(service);
        Assert.Equal(Comparable(changed), Comparable((await service.Get())!));
        Assert.Equal(
            ["2 5000000", "4 7000000"],
            await economy.Rows("SELECT version, price_micro FROM spending.service_versions WHERE service = 'sv_session' ORDER BY 1"));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM spending.proposals WHERE service = 'sv_session'"));
    }

    [Fact]
    public async Task A_proposal_keeps_no_id_for_its_author_and_an_operator_says_whose_the_service_is()
    {
        var economy = await server.Shared();
        await economy.Register("sq-mia");
        await economy.Register("sq-max");
        var service = economy.Service("sq_advanced");
        var proposed = Done(await service.Put(
            new(NewKey(), Mentored("sq-mia"), null, "sq-mia", IsOperator: false), CancellationToken.None));

        var own = Done(await service.Put(
            new(NewKey(), Draft(Amount.OfStk(500), new(null, null, null), ("treasury", 10_000)), null, "operator", IsOperator: true),
            CancellationToken.None));

        Assert.Equal((ServiceState.Admitted, null), (own.State, own.Provider));
        Assert.True(own.Version > proposed.Version, "no tag of this address says two things");
        Assert.IsType<ServiceReply.Unknown>(await service.Put(
            new(NewKey(), Mentored("sq-mia"), null, "sq-mia", IsOperator: false), CancellationToken.None));
        Assert.Equal(ServiceState.Admitted, (await service.Get())!.State);
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM spending.proposals WHERE service = 'sq_advanced'"));
        var given = Done(await service.Put(
            new(NewKey(), Mentored("sq-max"), null, "operator", IsOperator: true, "sq-max"), CancellationToken.None));
        Assert.Equal("sq-max", given.Provider);
        Done(await service.Put(new(NewKey(), Mentored("sq-max"), null, "sq-max", IsOperator: false), CancellationToken.None));
    }

    [Fact]
    public async Task Two_may_propose_under_one_id_and_the_one_that_is_named_becomes_public()
    {
        var economy = await server.Shared();
        await economy.Register("sn-mia");
        await economy.Register("sn-max");
        var service = economy.Service("sn_session");
        Done(await service.Put(new(NewKey(), Mentored("sn-mia"), null, "sn-mia", IsOperator: false), CancellationToken.None));
        Done(await service.Put(
            new(NewKey(), Mentored("sn-max") with { Price = Amount.OfStk(9) }, null, "sn-max", IsOperator: false),
            CancellationToken.None));

        Assert.Equal(Amount.OfStk(5), (await service.Look("sn-mia", CancellationToken.None))!.Price);
        Assert.Equal(Amount.OfStk(9), (await service.Look("sn-max", CancellationToken.None))!.Price);
        Assert.Null(await service.Get());
        Assert.Equal(2, (await Listed(economy, isWhole: true)).Count(one => one.Id == "sn_session"));
        Assert.IsType<ServiceReply.Several>(await service.SetState(new(NewKey(), true, "good", "operator"), CancellationToken.None));
        var admitted = Done(await service.SetState(
            new(NewKey(), true, "good", "operator", Provider: "sn-max"), CancellationToken.None));

        Assert.Equal(("sn-max", Amount.OfStk(9), ServiceState.Admitted), (admitted.Provider, admitted.Price, admitted.State));
        Assert.Equal(Comparable(admitted), Comparable((await service.Get())!));
        Assert.Equal(["service.admit operator"], await economy.Rows("""
            SELECT action, by FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject = 'sn_session'
            """));
    }

    [Fact]
    public async Task At_most_ten_wait_of_a_provider_and_one_that_is_turned_down_makes_room()
    {
        var economy = await server.Shared();
        await economy.Register("st-mia");
        for (var i = 0; i < 10; i++)
        {
            Done(await Propose(economy, $"st_{i}"));
        }

        Assert.IsType<ServiceReply.TooMany>(await Propose(economy, "st_10"));
        // One that waits may change.
        Assert.Equal(2, Done(await Propose(economy, "st_3")).Version);
        var gone = Done(await economy.Service("st_3").SetState(new(NewKey(), false, "no", "operator"), CancellationToken.None));
        Assert.Equal(ServiceState.Withdrawn, gone.State);
        Assert.Null(await economy.Service("st_3").Look("st-mia", CancellationToken.None));
        Done(await Propose(economy, "st_10"));
        // A version is a tag: what is proposed next under the id is none that anybody has read.
        Assert.Equal(3, gone.Version);
        await economy.Register("st-max");
        Assert.Equal(4, Done(await economy.Service("st_3").Put(
            new(NewKey(), Mentored("st-max"), null, "st-max", IsOperator: false), CancellationToken.None)).Version);
        // Nobody's log but the decision is in it, and no answer of a participant's is kept for ever.
        Assert.Equal(["proposal.decline"], await economy.Rows("""
            SELECT action FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject LIKE 'st\_%'
            """));

        static Task<ServiceReply> Propose(TestEconomy economy, string id) => economy.Service(id).Put(
            new(Key(Guid.NewGuid().ToString()), Mentored("st-mia"), null, "st-mia", IsOperator: false), CancellationToken.None);
    }

    [Fact]
    public async Task Who_proposes_learns_of_nobodys_id_and_an_operator_is_told()
    {
        var economy = await server.Shared();
        await economy.Register("sl-mia");
        var service = economy.Service("sl_session");

        Done(await service.Put(new(NewKey(), Mentored("sl-nobody"), null, "sl-mia", IsOperator: false), CancellationToken.None));
        var invalid = Assert.IsType<ServiceReply.Invalid>(
            await service.SetState(new(NewKey(), true, "good", "operator"), CancellationToken.None));

        Assert.Equal("recipients.mentor", Assert.Single(invalid.Objections).Field);
    }

    [Fact]
    public async Task The_catalogue_comes_by_pages_each_entry_once()
    {
        var economy = await server.Shared();
        await economy.Register("sp-mia");
        for (var i = 0; i < 5; i++)
        {
            await economy.Service($"sp_{i}").Put(
                new(NewKey(), Mentored("sp-mia"), null, "sp-mia", IsOperator: false), CancellationToken.None);
        }

        var paged = new List<ServiceView>();
        string? cursor = null;
        do
        {
            var page = await Catalogue(economy).Page(isWhole: true, new(cursor, 2), CancellationToken.None);
            paged.AddRange(page.Services);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            (await Listed(economy, isWhole: true)).Select(one => $"{one.Id} {one.Provider}"),
            paged.Select(one => $"{one.Id} {one.Provider}"));
        Assert.False((await Catalogue(economy).Page(isWhole: true, new("altered", 2), CancellationToken.None)).IsCursorValid);
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
        Done(await service.SetState(new(NewKey(), true, "good", "operator"), CancellationToken.None));

        Assert.IsType<ServiceReply.Unknown>(
            await service.Put(new(NewKey(), draft, null, "sw-max", IsOperator: false), CancellationToken.None));
        Assert.IsType<ServiceReply.Changed>(
            await service.Put(new(NewKey(), draft, 1, "sw-mia", IsOperator: false), CancellationToken.None));
        Assert.IsType<ServiceReply.Unknown>(
            await economy.Service("sw_none").SetState(new(NewKey(), true, "?", "operator"), CancellationToken.None));
        var invalid = Assert.IsType<ServiceReply.Invalid>(await service.Put(
            new(NewKey(), Draft(Amount.Zero, new(1, 1, null), ("mentor", 9_999)), null, "sw-mia", IsOperator: false),
            CancellationToken.None));
        Assert.Equal(["price", "split", "term"], invalid.Objections.Select(objection => objection.Field));
        var unknown = Assert.IsType<ServiceReply.Invalid>(await service.Put(
            new(NewKey(), Mentored("sw-nobody"), null, "operator", IsOperator: true), CancellationToken.None));
        Assert.Equal("recipients.mentor", Assert.Single(unknown.Objections).Field);
        Assert.Equal(2, (await service.Get())!.Version);
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

    private static Task<ImmutableArray<ServiceView>> Listed(TestEconomy economy, bool isWhole) =>
        Catalogue(economy).List(isWhole, CancellationToken.None);

    private static ServiceDraft Mentored(string mentor) =>
        Draft(Amount.OfStk(5), new(null, null, 1), ("mentor", 10_000)) with
        {
            Recipients = ImmutableDictionary<string, string>.Empty.Add("mentor", mentor),
        };

    private static ServiceView Done(ServiceReply reply) => Assert.IsType<ServiceReply.Done>(reply).View;

    // Arrays and dictionaries compare by reference.
    private static string Comparable(ServiceView service) => System.Text.Json.JsonSerializer.Serialize(service);
}

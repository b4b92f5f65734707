using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Inputs;

/// <summary>ETag, If-None-Match and If-Match.</summary>
[Collection(ApiCollection.Name)]
public sealed class EntityTagTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Draft = """{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}]}""";

    private ApiHostUnderTest Host => fixture.Host;

    public static TheoryData<string> Polled() =>
    [
        "/balance", "/services", "/services/mentor_session", "/limits", "/streak", "/entitlements",
        "/entitlements/mentor_session", "/stats/supply", "/stats/distribution",
    ];

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task A_client_that_polls_is_told_in_a_few_bytes_that_nothing_is_new(string path)
    {
        var token = Host.Keys.Token("participant", "tag-ann");
        var first = await Host.Get(Root + path, token);
        var tag = first.Headers["ETag"];

        var same = await Ask(path, token, tag);
        var inList = await Ask(path, token, $"\"other\", W/{(tag[0] == 'W' ? tag[2..] : tag)}");
        var any = await Ask(path, token, "*");
        var other = await Ask(path, token, "\"other\"");
        var malformed = await Ask(path, token, "no-quotes");

        Assert.All([same, inList, any], answer =>
        {
            Assert.Equal(HttpStatusCode.NotModified, answer.Status);
            Assert.Empty(answer.Text);
            Assert.Equal(tag, answer.Headers["ETag"]);
        });
        Assert.All(
            [other, malformed], answer => Assert.Equal((HttpStatusCode.OK, first.Text), (answer.Status, answer.Text)));
    }

    [Fact]
    public async Task The_tag_of_a_balance_changes_with_the_balance_and_not_with_the_journal()
    {
        var token = Host.Keys.Token("participant", "tag-bea");
        var participant = Host.Cluster.Participant("tag-bea");
        var first = await Host.Get($"{Root}/balance", token);

        participant.Heard = 99;
        var later = await Ask("/balance", token, first.Headers["ETag"]);
        participant.Change(Amount.OfStk(7), 100);
        var changed = await Ask("/balance", token, first.Headers["ETag"]);

        Assert.Equal(HttpStatusCode.NotModified, later.Status);
        Assert.Equal("99", later.Headers["Stk-Sequence"]);
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal("7", changed.Json.GetProperty("available").GetString());
        Assert.NotEqual(first.Headers["ETag"], changed.Headers["ETag"]);
    }

    [Fact]
    public async Task A_problem_has_no_tag()
    {
        var answer = await Ask("/balance?participant=somebody-else", Host.Keys.Token("participant", "tag-cat"), "*");

        answer.Problem(404, "not-found");
        Assert.False(answer.Headers.ContainsKey("ETag"));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"3")]
    [InlineData("")]
    [InlineData("'3'")]
    [InlineData("\"3\" \"4\"")]
    [InlineData("\"3\", 4")]
    public async Task A_malformed_If_Match_is_refused_by_name(string tag)
    {
        var token = Host.Keys.Token("participant", "tag-dan");
        (string, string)[] headers = [("If-Match", tag), ("Idempotency-Key", Guid.NewGuid().ToString())];

        Assert.Equal(["If-Match"], (await Host.Write("PUT", "/services/tagged", token, Draft, headers)).Problem(400, "invalid-request"));
        Assert.Equal(["If-Match"], (await Host.Write("POST", "/services/tagged/purchase", token, "{}", headers)).Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task A_service_is_changed_only_as_it_was_read()
    {
        var token = Host.Keys.Token("participant", "tag-eve");
        var tag = (await Host.Get($"{Root}/services/tagged_put", token)).Headers["ETag"];

        var stale = await Host.Write("PUT", "/services/tagged_put", token, Draft, ("If-Match", "\"2\""));
        var fresh = await Host.Write("PUT", "/services/tagged_put", token, Draft, ("If-Match", tag));
        var any = await Host.Write("PUT", "/services/tagged_put", token, Draft, ("If-Match", "*"));

        Assert.Equal("\"3\"", tag);
        stale.Problem(412, "service-changed");
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
        Assert.Equal("\"4\"", fresh.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.OK, any.Status);
    }

    [Theory]
    [InlineData("\"3\"", true)]
    [InlineData("\"1\", \"3\"", true)]
    [InlineData("\"3\",\"9\", W/\"1\"", true)]
    [InlineData("*", true)]
    [InlineData("W/\"3\"", false)]
    [InlineData("W/\"3\", \"2\"", false)]
    [InlineData("\"1\", \"2\"", false)]
    [InlineData("\"three\"", false)]
    [InlineData("\"-3\"", false)]
    [InlineData("\"+3\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"0\"", false)]
    public async Task If_Match_is_a_list_of_tags_that_are_compared_strongly(string tags, bool isMatch)
    {
        var token = Host.Keys.Token("participant", "tag-fay");
        var service = $"tagged_{Guid.NewGuid():N}"[..20];

        var answer = await Host.Write("PUT", $"/services/{service}", token, Draft, ("If-Match", tags));

        if (isMatch)
        {
            Assert.Equal((HttpStatusCode.OK, "\"4\""), (answer.Status, answer.Headers["ETag"]));
        }
        else
        {
            answer.Problem(412, "service-changed");
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"0\"")]
    [InlineData("\"1\", \"2\"")]
    public async Task If_Match_makes_no_service_that_is_not_there(string tags)
    {
        var token = Host.Keys.Token("participant", "tag-gus");

        (await Host.Write("PUT", "/services/new_tagged", token, Draft, ("If-Match", tags))).Problem(412, "service-changed");
    }

    [Fact]
    public async Task A_purchase_is_of_any_version_that_If_Match_names()
    {
        var token = Host.Keys.Token("participant", "tag-hal");
        (string, string)[] Headers(string tags) => [("If-Match", tags), ("Idempotency-Key", Guid.NewGuid().ToString())];

        var bought = await Host.Write("POST", "/services/tagged/purchase", token, "{}", Headers("\"2\", \"3\""));
        var weak = await Host.Write("POST", "/services/tagged/purchase", token, "{}", Headers("W/\"3\""));

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created], [bought.Status, weak.Status]);
        // What no service has is what the cluster is asked for: it refuses, as tests of it say.
        Assert.Equal(
            [3, -1],
            Host.Cluster.Spender("tag-hal").Asked.Cast<Stk.GrainInterfaces.Spending.PurchaseRequest>()
                .Select(request => request.ExpectedVersion));
    }

    private Task<Answer> Ask(string path, string token, string tag) =>
        Host.Send(HttpMethod.Get, Root + path, token, headers: ("If-None-Match", tag));
}

using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Services;

namespace Stk.ApiHost.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class ServiceTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Item =
        """{"id":"mentor_session","version":3,"state":"admitted","name":"A mentor's session","description":"An hour","price":"100","split":[{"role":"mentor","shareBp":8000},{"role":"treasury","shareBp":2000}],"term":{"days":null,"months":null,"sessions":1},"recipients":{},"provider":null,"changedAt":"1970-01-01T00:00:00+00:00"}""";
    private const string Draft =
        """{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"term":{"months":6},"recipients":{"mentor":"bob"}}""";
    private const string Purchase = "0190c2f0-0000-7000-8000-000000000001";

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task The_list_has_what_can_be_bought_and_an_operators_has_all()
    {
        var all = await Host.Get($"{Root}/admin/services", Host.Keys.Token("auditor"));

        Assert.Equal(
            $$"""{"items":[{{Item}}],"next":null}""",
            (await Host.Get($"{Root}/services", Host.Keys.Token("participant"))).Text);
        Assert.Equal(
            ["admitted", "proposed"],
            all.Json.GetProperty("items").EnumerateArray().Select(service => service.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Lists_come_by_pages_and_a_cursor_is_a_lists_own()
    {
        var auditor = Host.Keys.Token("auditor");

        var first = await Host.Get($"{Root}/admin/services?limit=1", auditor);

        Assert.Equal((1, "good"), (first.Json.GetProperty("items").GetArrayLength(), first.Json.GetProperty("next").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await Host.Get($"{Root}/admin/services?cursor=good", auditor)).Status);
        (await Host.Get($"{Root}/services?cursor=altered", auditor)).Problem(400, "invalid-cursor");
    }

    [Fact]
    public async Task An_operator_says_whose_a_service_is_and_whose_proposal_is_meant()
    {
        var olga = Host.Keys.Token("operator", "svc-olga");
        var made = await Host.Write(
            "PUT", "/admin/services/svc_owned", olga, Draft.Replace("\"name\"", "\"provider\":\"svc-bob\",\"name\"", StringComparison.Ordinal));
        var several = await Host.Write(
            "POST", "/admin/services/new_several/admit", olga, """{"reason":"good"}""", ("Idempotency-Key", "a"), ("If-Match", "\"3\""));
        var named = await Host.Write(
            "POST", "/admin/services/new_several/admit?provider=svc-bob", olga, """{"reason":"good"}""",
            ("Idempotency-Key", "a"), ("If-Match", "\"3\""));

        Assert.Equal("svc-bob", made.Json.GetProperty("provider").GetString());
        several.Problem(409, "several-proposals");
        named.Problem(404, "unknown-service");
        Assert.Equal(
            [null, "svc-bob"],
            Host.Cluster.Service("new_several").Asked.OfType<SetServiceStateRequest>().Select(asked => asked.Provider));
        (await Host.Write(
            "POST", "/admin/services/svc_taken/admit", olga, """{"reason":"good"}""", ("Idempotency-Key", "a"), ("If-Match", "\"3\"")))
            .Problem(409, "service-id-taken");
        (await Host.Write("PUT", "/services/new_eleventh", Host.Keys.Token("participant", "svc-ten"), Draft))
            .Problem(409, "too-many-proposals");
        Assert.Equal(["$"], (await Host.Write(
            "PUT", "/services/new_owned", Host.Keys.Token("participant", "svc-ten"),
            Draft.Replace("\"name\"", "\"provider\":\"svc-bob\",\"name\"", StringComparison.Ordinal))).Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData("participant", "svc-ann", 404)]
    [InlineData("participant", "svc-bob", 200)]
    [InlineData("operator", "olga", 200)]
    [InlineData("auditor", "aud", 200)]
    public async Task What_is_proposed_is_seen_by_its_provider_and_by_those_who_decide(
        string role, string subject, int status)
    {
        Host.Cluster.Service("svc_proposed").Stands = FakeService.Of("svc_proposed", ServiceState.Proposed, "svc-bob");

        var answer = await Host.Get($"{Root}/services/svc_proposed", Host.Keys.Token(role, subject));

        Assert.Equal(status, (int)answer.Status);
        if (status == 404)
        {
            answer.Problem(404, "unknown-service");
        }
    }

    [Fact]
    public async Task A_provider_proposes_and_a_new_one_is_created()
    {
        var answer = await Host.Write("PUT", "/services/new_svc", Host.Keys.Token("participant", "svc-cat"), Draft);

        var asked = Assert.IsType<PutServiceRequest>(Assert.Single(Host.Cluster.Service("new_svc").Asked));
        Assert.Equal(("svc-cat", false, null), (asked.By, asked.IsOperator, asked.ExpectedVersion));
        Assert.Equal(new(null, 6, null), asked.Draft.Term);
        Assert.Equal("", asked.Draft.Description);
        Assert.Equal("bob", asked.Draft.Recipients["mentor"]);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal($"{Root}/services/new_svc", answer.Headers["Location"]);
        Assert.Equal("proposed", answer.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_operator_makes_admits_and_withdraws_and_is_named()
    {
        var olga = Host.Keys.Token("operator", "olga");

        var made = await Host.Write("PUT", "/admin/services/svc_ops", olga, Draft, ("If-Match", "\"3\""));
        var admitted = await Host.Write(
            "POST", "/admin/services/svc_ops/admit", olga, """{"reason":"good"}""", ("Idempotency-Key", "a"), ("If-Match", "\"3\""));
        var withdrawn = await Host.Write(
            "POST", "/admin/services/svc_ops/withdraw", olga, """{"reason":"bad"}""", ("Idempotency-Key", "a"));
        var none = await Host.Write(
            "POST", "/admin/services/no_such/admit", olga, """{"reason":"good"}""", ("Idempotency-Key", "a"), ("If-Match", "\"3\""));

        Assert.Equal(["admitted", "admitted", "withdrawn"], new[] { made, admitted, withdrawn }.Select(
            answer => answer.Json.GetProperty("state").GetString()));
        none.Problem(404, "unknown-service");
        var asked = Host.Cluster.Service("svc_ops").Asked.ToArray();
        Assert.Equal((3, true), (((PutServiceRequest)asked[0]).ExpectedVersion, ((PutServiceRequest)asked[0]).IsOperator));
        Assert.Equal(
            [(true, "good", "olga"), (false, "bad", "olga")],
            asked.OfType<SetServiceStateRequest>().Select(change => (change.IsAdmitted, change.Reason, change.By)));
    }

    [Fact]
    public async Task What_is_admitted_is_the_version_that_was_read_and_no_other()
    {
        var olga = Host.Keys.Token("operator", "olga");
        Host.Cluster.Service("svc_moved").Stands = FakeService.Of("svc_moved", ServiceState.Proposed, "bob");

        var unread = await Admit("svc_moved");
        var moved = await Admit("svc_moved", ("If-Match", "\"2\""));
        var admitted = await Admit("svc_moved", ("If-Match", "\"3\""));

        unread.Problem(428, "precondition-required");
        moved.Problem(412, "service-changed");
        Assert.Equal("admitted", admitted.Json.GetProperty("state").GetString());

        Task<Answer> Admit(string service, params (string, string)[] headers) => Host.Write(
            "POST", $"/admin/services/{service}/admit", olga, """{"reason":"good"}""",
            [("Idempotency-Key", Guid.NewGuid().ToString()), .. headers]);
    }

    [Fact]
    public async Task A_provider_cannot_change_what_is_not_its_own_nor_tell_it_from_none() =>
        (await Host.Write("PUT", "/services/no_such", Host.Keys.Token("participant", "svc-dan"), Draft))
            .Problem(404, "unknown-service");

    [Fact]
    public async Task A_purchase_says_what_was_bought_from_whom_and_what_it_entitles_to()
    {
        var answer = await Host.Write(
            "POST", "/services/mentor_session/purchase", Host.Keys.Token("participant", "svc-eve"),
            """{"recipients":{"mentor":"bob"},"expectedPrice":"100"}""", ("Idempotency-Key", "one"), ("If-Match", "\"3\""));

        var asked = Assert.IsType<PurchaseRequest>(Assert.Single(Host.Cluster.Spender("svc-eve").Asked));
        Assert.Equal(("mentor_session", 3, Amount.OfStk(100)), (asked.Service, asked.ExpectedVersion, asked.ExpectedPrice));
        Assert.Equal("bob", asked.Recipients["mentor"]);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("42", answer.Headers["Stk-Sequence"]);
        Assert.Equal(
            $$"""{"id":"{{asked.Key.Id}}","sequence":42,"at":"2025-12-22T08:00:00+00:00","buyer":"svc-eve","service":"mentor_session","version":3,"price":"100","parts":[{"role":"mentor","recipient":"bob","amount":"80"},{"role":"treasury","recipient":null,"amount":"20"}],"entitlement":{"id":"{{asked.Key.Id}}","service":"mentor_session","from":"2025-12-22T08:00:00+00:00","until":null,"sessions":1,"used":0,"left":1,"isActive":true,"endedAt":null,"first":null,"renewal":null},"refundedAt":null}""",
            answer.Text);
    }

    [Fact]
    public async Task A_purchase_needs_no_body()
    {
        var answer = await Host.Send(
            HttpMethod.Post, $"{Root}/services/mentor_session/purchase", Host.Keys.Token("participant", "svc-fay"),
            headers: ("Idempotency-Key", "bare"));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Theory]
    [InlineData("no_such")]
    [InlineData("Bad-Id")]
    public async Task A_service_that_is_none_cannot_be_bought(string service) => (await Host.Write(
        "POST", $"/services/{service}/purchase", Host.Keys.Token("participant", "svc-gil"), "{}", ("Idempotency-Key", service)))
        .Problem(404, "unknown-service");

    [Fact]
    public async Task A_refund_is_done_by_the_buyers_actor_and_names_the_operator()
    {
        var answer = await Host.Write(
            "POST", $"/admin/purchases/{Purchase}/refund", Host.Keys.Token("operator", "svc-olga"),
            """{"reason":"was ill"}""", ("Idempotency-Key", "refund"));
        var none = await Host.Write(
            "POST", "/admin/purchases/0190c2f0-0000-7000-8000-000000000000/refund", Host.Keys.Token("operator", "svc-olga"),
            """{"reason":"was ill"}""", ("Idempotency-Key", "refund"));

        var asked = Host.Cluster.Spender("buyer-ann").Asked.OfType<RefundRequest>().Single(one => one.By == "svc-olga");
        Assert.Equal((new(Purchase), "was ill"), (asked.Purchase, asked.Reason));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(
            $$"""{"id":"{{asked.Key.Id}}","sequence":57,"at":"2025-12-22T08:00:00+00:00","purchase":"{{Purchase}}","amount":"100"}""",
            answer.Text);
        none.Problem(404, "unknown-purchase");
    }

    [Fact]
    public async Task A_provider_sees_its_sales_and_not_who_bought()
    {
        var answer = await Host.Get($"{Root}/sales?limit=7", Host.Keys.Token("participant", "svc-hal"));

        Assert.Equal(
            """{"items":[{"purchase":"00000003-0000-0000-0000-000000000000","at":"2025-12-22T08:00:00+00:00","service":"mentor_session","version":3,"role":"mentor","income":"80","refunded":false}],"next":"good"}""",
            answer.Text);
        Assert.Equal(new(null, 7), Host.Cluster.Participant("svc-hal").LastPage);
    }
}

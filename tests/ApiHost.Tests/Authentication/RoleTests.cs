using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Tests.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Tests.Authentication;

/// <summary>
/// Who may call what: a row for every operation of the OpenAPI document, a column for every role, and what a participant
/// is told who names another.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class RoleTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Everyone = "participant operator auditor";
    private const string Readers = "operator auditor";

    // Without a token too: another word than what every role may, which the rows of both would have alike.
    private const string Anybody = "nobody participant operator auditor ingest";
    private const string Id = "0190c2f0-0000-7000-8000-000000000001";

    private static readonly (string Method, string Pattern, string Address, string Roles)[] Matrix =
    [
        ("GET", "/balance", "/balance", Everyone),
        ("GET", "/balance/history", "/balance/history", Everyone),
        ("GET", "/transactions", "/transactions", Everyone),
        ("GET", "/transactions/{id}", $"/transactions/{Id}", Everyone),
        ("GET", "/balance/daily", "/balance/daily?from=2025-12-01&to=2025-12-18", Everyone),
        ("GET", "/me", "/me", Everyone),
        ("GET", "/recipient", "/recipient?id=bob", "participant"),
        ("GET", "/activity", "/activity?week=2025-W51", Everyone),
        ("GET", "/rules", "/rules", Anybody),
        ("GET", "/rules/{version}", "/rules/1", Anybody),
        ("GET", "/rewards", "/rewards", Everyone),
        ("GET", "/rewards/weekly", "/rewards/weekly?week=2025-W51", Everyone),
        ("GET", "/rewards/weekly/report", "/rewards/weekly/report?week=2025-W51", Everyone),
        ("GET", "/rewards/weekly/proof", "/rewards/weekly/proof?week=2025-W51", Everyone),
        ("GET", "/limits", "/limits", Everyone),
        ("GET", "/streak", "/streak", Everyone),
        ("GET", "/redistribution", "/redistribution", Everyone),
        ("GET", "/wallet", "/wallet", Everyone),
        ("POST", "/wallet/challenge", "/wallet/challenge", "participant"),
        ("POST", "/wallet/link", "/wallet/link", "participant"),
        ("DELETE", "/wallet", "/wallet", "participant"),
        ("PUT", "/wallet/mode", "/wallet/mode", "participant"),
        ("POST", "/wallet/withdraw", "/wallet/withdraw", "participant"),
        ("GET", "/wallet/payouts", "/wallet/payouts", Everyone),
        ("GET", "/wallet/payouts/{id}", $"/wallet/payouts/{Id}", Everyone),
        ("GET", "/wallet/deposits", "/wallet/deposits", Everyone),
        ("DELETE", "/wallet/payouts/{id}", $"/wallet/payouts/{Id}", "participant"),
        ("POST", "/redistribution/{quarter}/appeal", "/redistribution/2026-Q1/appeal", "participant"),
        ("GET", "/admin/quarters/{quarter}/redistribution", "/admin/quarters/2026-Q1/redistribution", Readers),
        ("GET", "/admin/quarters/{quarter}/redistribution.csv", "/admin/quarters/2026-Q1/redistribution.csv", Readers),
        ("GET", "/admin/quarters/{quarter}/restorations.csv", "/admin/quarters/2026-Q1/restorations.csv", Readers),
        ("GET", "/admin/appeals", "/admin/appeals", Readers),
        ("POST", "/admin/appeals/{id}/decision", $"/admin/appeals/{Id}/decision", "operator"),
        ("GET", "/stats/supply", "/stats/supply", Everyone),
        ("GET", "/stats/reserves", "/stats/reserves", Anybody),
        ("GET", "/stats/distribution", "/stats/distribution", Everyone),
        ("GET", "/balance/stream", "/balance/stream?participant=unknown-x", Everyone),
        ("POST", "/transfer", "/transfer", "participant"),
        ("GET", "/services", "/services", Everyone),
        ("GET", "/services/{id}", "/services/mentor_session", Everyone),
        ("PUT", "/services/{id}", "/services/mentor_session", "participant"),
        ("POST", "/services/{id}/purchase", "/services/mentor_session/purchase", "participant"),
        ("GET", "/sales", "/sales", Everyone),
        ("GET", "/notices", "/notices", Everyone),
        ("GET", "/notices/stream", "/notices/stream?participant=unknown-x", Everyone),
        ("POST", "/notices/{id}/read", $"/notices/{Id}/read", "participant"),
        ("POST", "/notices/read", "/notices/read", "participant"),
        ("GET", "/notices/preferences", "/notices/preferences", "participant"),
        ("PUT", "/notices/preferences", "/notices/preferences", "participant"),
        ("POST", "/notices/{channel}/confirmation", "/notices/email/confirmation", "participant"),
        ("POST", "/notices/webhook/secret", "/notices/webhook/secret", "participant"),
        ("GET", "/admin/notices/dead", "/admin/notices/dead", Readers),
        ("POST", "/admin/notices/{id}/{channel}/retry", $"/admin/notices/{Id}/email/retry", "operator"),
        ("GET", "/admin/notices/channels", "/admin/notices/channels", Readers),
        ("POST", "/admin/notices/channels/{channel}/pause", "/admin/notices/channels/email/pause", "operator"),
        ("POST", "/admin/notices/channels/{channel}/resume", "/admin/notices/channels/email/resume", "operator"),
        ("GET", "/vesting", "/vesting", Everyone),
        ("POST", "/admin/weeks/{week}/corrections", "/admin/weeks/2025-W51/corrections", "operator"),
        ("GET", "/admin/vesting", "/admin/vesting?state=waiting", Readers),
        ("POST", "/admin/vesting/{id}/decision", $"/admin/vesting/{Id}/decision", "operator"),
        ("GET", "/admin/vesting/export.csv", "/admin/vesting/export.csv?from=2026-01-01&to=2026-01-31", Readers),
        ("GET", "/entitlements", "/entitlements", Everyone),
        ("GET", "/entitlements/{service}", "/entitlements/mentor_session", $"{Everyone} ingest"),
        ("PUT", "/entitlements/{id}/renewal", $"/entitlements/{Id}/renewal", "participant"),
        ("POST", "/entitlements/{service}/use", "/entitlements/mentor_session/use", "ingest"),
        ("GET", "/admin/services", "/admin/services", Readers),
        ("PUT", "/admin/services/{id}", "/admin/services/mentor_session", "operator"),
        ("POST", "/admin/services/{id}/admit", "/admin/services/mentor_session/admit", "operator"),
        ("POST", "/admin/services/{id}/withdraw", "/admin/services/mentor_session/withdraw", "operator"),
        ("GET", "/admin/purchases/{id}", $"/admin/purchases/{Id}", Readers),
        ("POST", "/admin/purchases/{id}/refund", $"/admin/purchases/{Id}/refund", "operator"),
        ("POST", "/admin/treasury/spend", "/admin/treasury/spend", "operator"),
        ("GET", "/admin/treasury/spends", "/admin/treasury/spends", Readers),
        ("POST", "/admin/treasury/spends/{id}/approve", $"/admin/treasury/spends/{Id}/approve", "operator"),
        ("POST", "/admin/treasury/spends/{id}/reject", $"/admin/treasury/spends/{Id}/reject", "operator"),
        ("GET", "/admin/audit", "/admin/audit", Readers),
        ("GET", "/admin/approvals", "/admin/approvals", Readers),
        ("GET", "/admin/approvals/{id}", $"/admin/approvals/{Id}", Readers),
        ("POST", "/admin/approvals/{id}/approve", $"/admin/approvals/{Id}/approve", "operator"),
        ("POST", "/admin/approvals/{id}/reject", $"/admin/approvals/{Id}/reject", "operator"),
        ("GET", "/admin/operators", "/admin/operators", Readers),
        ("POST", "/admin/operators", "/admin/operators", "operator"),
        ("POST", "/admin/operators/end", "/admin/operators/end", "operator"),
        ("POST", "/admin/operators/confirm", "/admin/operators/confirm", "operator"),
        ("POST", "/events", "/events", "ingest"),
        ("POST", "/sources/{name}/import", "/sources/import-role/import", "ingest"),
        ("GET", "/admin/weeks/{week}", "/admin/weeks/2025-W51", Readers),
        ("POST", "/admin/weeks/{week}/close", "/admin/weeks/2025-W51/close", "operator"),
        ("GET", "/admin/weeks/{week}/export.csv", "/admin/weeks/2025-W51/export.csv", Readers),
        ("GET", "/admin/participants", "/admin/participants?id=ann", Readers),
        ("PUT", "/admin/participants", "/admin/participants?id=ann", "operator"),
        ("GET", "/admin/identities", "/admin/identities?participant=ann", Readers),
        ("PUT", "/admin/identities", "/admin/identities", "operator"),
        ("GET", "/admin/merges", "/admin/merges", Readers),
        ("POST", "/admin/merges", "/admin/merges", "operator"),
        ("POST", "/admin/merges/{id}/undo", "/admin/merges/0190c2f0-0000-7000-8000-00000000000a/undo", "operator"),
        ("GET", "/admin/sources", "/admin/sources", Readers),
        ("GET", "/admin/sources/{name}/quarantine", "/admin/sources/club/quarantine", Readers),
        ("POST", "/admin/sources/{name}/quarantine/replay", "/admin/sources/club/quarantine/replay", "operator"),
        ("DELETE", "/admin/sources/{name}/quarantine", "/admin/sources/club/quarantine", "operator"),
        ("GET", "/admin/sources/{name}/voids", "/admin/sources/club/voids", Readers),
        ("POST", "/admin/sources/{name}/void", "/admin/sources/club/void", "operator"),
        ("POST", "/admin/sources/{name}/voids/{id}/lift",
            "/admin/sources/club/voids/0190c2f0-0000-7000-8000-00000000000a/lift", "operator"),
        ("POST", "/admin/sources/{name}/pull", "/admin/sources/club/pull", "operator"),
        ("GET", "/admin/sources/{name}/backfills", "/admin/sources/club/backfills", Readers),
        ("POST", "/admin/sources/{name}/backfill", "/admin/sources/club/backfill", "operator"),
        ("GET", "/admin/sources/{name}/reconciliations", "/admin/sources/club/reconciliations", Readers),
        ("POST", "/admin/sources/{name}/reconcile", "/admin/sources/club/reconcile", "operator"),
        ("GET", "/admin/sources/{name}", "/admin/sources/club", Readers),
        ("POST", "/admin/tokens/revoke", "/admin/tokens/revoke", "operator"),
        ("PUT", "/admin/sources/{name}", "/admin/sources/club", "operator"),
        ("GET", "/admin/rules", "/admin/rules", Readers),
        ("POST", "/admin/rules", "/admin/rules", "operator"),
        ("POST", "/admin/rules/{version}/withdraw", "/admin/rules/1/withdraw", "operator"),
        ("GET", "/admin/clock", "/admin/clock", Readers),
        ("POST", "/admin/clock", "/admin/clock", "operator"),
        ("POST", "/admin/clock/stop", "/admin/clock/stop", "operator"),
        ("POST", "/admin/schedule/resume", "/admin/schedule/resume", "operator"),
        ("GET", "/admin/schedule", "/admin/schedule", Readers),
        ("POST", "/admin/schedule/run", "/admin/schedule/run", "operator"),
        ("POST", "/admin/schedule/skip", "/admin/schedule/skip", "operator"),
        ("GET", "/admin/settlement", "/admin/settlement", Readers),
        ("POST", "/admin/settlement/pause", "/admin/settlement/pause", "operator"),
        ("POST", "/admin/settlement/resume", "/admin/settlement/resume", "operator"),
        ("GET", "/admin/settlement/batches", "/admin/settlement/batches", Readers),
        ("GET", "/admin/settlement/batches/{id}", $"/admin/settlement/batches/{Id}", Readers),
        ("POST", "/admin/settlement/batches/{id}/resolve", $"/admin/settlement/batches/{Id}/resolve", "operator"),
        ("GET", "/admin/settlement/deposits", "/admin/settlement/deposits", Readers),
        ("GET", "/admin/chain/acts", "/admin/chain/acts", Readers),
        ("POST", "/admin/chain/acts", "/admin/chain/acts", "operator"),
        ("GET", "/admin/chain/acts/{id}", $"/admin/chain/acts/{Id}", Readers),
        ("POST", "/admin/chain/acts/{id}/approve", $"/admin/chain/acts/{Id}/approve", "operator"),
        ("POST", "/admin/chain/acts/{id}/reject", $"/admin/chain/acts/{Id}/reject", "operator"),
        ("PUT", "/admin/chain/acts/{id}/signed", $"/admin/chain/acts/{Id}/signed", "operator"),
        ("POST", "/admin/settlement/deposits/{id}/return", $"/admin/settlement/deposits/{Id}/return", "operator"),
        ("POST", "/admin/settlement/deposits/{id}/assign", $"/admin/settlement/deposits/{Id}/assign", "operator"),
        ("POST", "/admin/settlement/reconcile", "/admin/settlement/reconcile", "operator"),
        ("GET", "/admin/settlement/reconciliations", "/admin/settlement/reconciliations", Readers),
        ("GET", "/admin/settlement/differences", "/admin/settlement/differences", Readers),
        ("POST", "/admin/settlement/differences/{id}/cover", $"/admin/settlement/differences/{Id}/cover", "operator"),
        ("GET", "/admin/totals", "/admin/totals", Readers),
    ];

    public static TheoryData<string, string, string, bool> Cells()
    {
        var cells = new TheoryData<string, string, string, bool>();
        foreach (var row in Matrix)
        {
            foreach (var role in new[] { "participant", "operator", "auditor", "ingest" })
            {
                cells.Add(row.Method, row.Address, role, row.Roles.Split(' ').Contains(role));
            }
        }

        return cells;
    }

    public static TheoryData<string, string> Addresses()
    {
        var addresses = new TheoryData<string, string>();
        foreach (var row in Matrix.Where(row => row.Roles != Anybody))
        {
            addresses.Add(row.Method, row.Address);
        }

        return addresses;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_role_passes_exactly_where_the_matrix_says_so(string method, string address, string role, bool passes)
    {
        using var body = new StringContent("[]", Encoding.UTF8, "application/json");
        var answer = await fixture.Host.Send(
            new(method), Root + address, fixture.Host.Keys.Token(role), method == "GET" ? null : body);

        if (passes)
        {
            Assert.NotEqual(HttpStatusCode.Forbidden, answer.Status);
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
        }
        else
        {
            answer.Problem(403, "forbidden");
        }

        IsGuarded(answer);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/problems/forbidden")]
    [InlineData("/nothing")]
    [InlineData("/ops/sign-in?code=none")]
    [InlineData("/metrics")]
    public async Task Answers_outside_the_API_bear_the_same_headers(string address) =>
        IsGuarded(await fixture.Host.Get(address));

    [Fact]
    public async Task Whoever_names_another_participant_is_told_what_they_are_told_of_one_that_never_was()
    {
        var ann = fixture.Host.Keys.Token("participant", "ann");
        var taking = (await Operations()).Where(operation => operation.Parameters.Contains("participant"))
            .Select(operation => (operation.Method, operation.Pattern)).ToHashSet();
        var named = Matrix.Where(
            row => taking.Contains((row.Method, row.Pattern)) && row.Roles.Split(' ').Contains("participant")).ToList();
        Assert.True(named.Count >= 6, "no operation takes a participant");
        foreach (var (method, pattern, example, _) in named)
        {
            var address = Root + example.Split("?participant=")[0];
            var with = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var another = await fixture.Host.Send(new(method), $"{address}{with}participant=bob", ann);
            var nobody = await fixture.Host.Send(new(method), $"{address}{with}participant=unknown-zoe", ann);

            another.Problem(404, "not-found");
            Assert.Equal(nobody.WithoutTrace(), another.WithoutTrace());
            // A stream of one's own does not end.
            if (pattern is not ("/balance/stream" or "/notices/stream"))
            {
                Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Send(new(method), $"{address}{with}participant=ann", ann)).Status);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Nobody_passes_without_a_token(string method, string address)
    {
        var answer = await fixture.Host.Send(new(method), Root + address);

        answer.Problem(401, "token-missing");
        IsGuarded(answer);
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_for_anybody_is_answered_without_a_token()
    {
        var open = Matrix.Where(row => row.Roles == Anybody).ToList();

        Assert.NotEmpty(open);
        foreach (var (method, _, address, _) in open)
        {
            var answer = await fixture.Host.Send(new(method), Root + address);

            Assert.Equal((address, HttpStatusCode.OK), (address, answer.Status));
            IsGuarded(answer);
        }
    }

    [Fact]
    public async Task Every_operation_of_the_document_has_its_row() => Assert.Equal(
        (await Operations()).Select(operation => $"{operation.Method} {operation.Pattern}").Order(StringComparer.Ordinal),
        Matrix.Select(row => $"{row.Method} {row.Pattern}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var silent = fixture.Host.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("operator", "Production")]
    [InlineData("auditor", "Production")]
    [InlineData("auditor", "Staging")]
    public async Task Outside_Development_a_token_of_a_subject_that_is_not_in_the_register_opens_nothing(
        string role, string environment)
    {
        using var keys = new TestKeys("stk-2025");
        using var certificates = new TestCertificates();
        await using var host = await ApiHostUnderTest.Start(
            keys, [$"--environment={environment}", .. certificates.Settings(HostRole.Api)]);
        host.Cluster.Operators.Enter("olga", role);
        foreach (var (method, _, address, roles) in Matrix.Where(
            row => row.Roles != Anybody && row.Roles.Split(' ').Contains(role)))
        {
            using var body = new StringContent("[]", Encoding.UTF8, "application/json");
            (await host.Send(new(method), Root + address, keys.Token(role, "stranger"), method == "GET" ? null : body))
                .Problem(403, "operator-unknown");
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Get($"{Root}/admin/operators", keys.Token(role, "olga"))).Status);
        Assert.Equal(0, host.Cluster.Operators.EnterCalls);
    }

    [Fact]
    public async Task In_Development_a_subject_is_entered_at_its_first_call_and_one_that_ended_is_not()
    {
        await using var host = await ApiHostUnderTest.Start();

        Assert.Equal(HttpStatusCode.OK, (await host.Get($"{Root}/admin/rules", host.Keys.Token("auditor", "anna"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"{Root}/admin/rules", host.Keys.Token("auditor", "anna"))).Status);
        (await host.Get($"{Root}/admin/rules", host.Keys.Token("operator", "gone"))).Problem(403, "operator-unknown");

        Assert.Equal(1, host.Cluster.Operators.EnterCalls);
    }

    private static void IsGuarded(Answer answer)
    {
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.False(answer.Headers.ContainsKey("Server"));
    }

    private async Task<IEnumerable<(string Method, string Pattern, string[] Parameters)>> Operations() =>
        from path in (await fixture.Host.Get("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name[Root.Length..], Parameters(operation.Value));

    private static string[] Parameters(System.Text.Json.JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)]
            : [];
}

using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Approvals;

public sealed class ApprovalVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private const string Waiting =
        $$"""{"id":"{{Id}}","kind":"operators.add","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"on duty","act":{"subject":"oleg","role":"operator","person":"Oleg"},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_waits_is_listed_and_all_where_it_is_asked()
    {
        _api.On("GET admin/approvals", $$"""{"items":[{{Waiting}}],"next":null}""");

        var (code, output, _) = await new ProgramRun(_api).Run("approvals", "list");
        await new ProgramRun(_api).Run("approvals", "list", "--state", "all");

        Assert.Equal(0, code);
        Assert.Contains("operators.add", output, StringComparison.Ordinal);
        Assert.StartsWith("?state=waiting", _api.Requests[0].Query, StringComparison.Ordinal);
        Assert.StartsWith("?limit=", _api.Requests[1].Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approvals")]
    [InlineData("operators")]
    public async Task Who_approves_is_asked_about_exactly_what_is_done(string verb)
    {
        _api.On($"GET admin/approvals/{Id}", Waiting)
            .On($"POST admin/approvals/{Id}/approve", Waiting.Replace("waiting", "approved", StringComparison.Ordinal));

        var (code, output, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run(verb, "approve", Id, "--reason", "seen");

        Assert.Equal(0, code);
        Assert.Equal(
            "{\"subject\":\"oleg\",\"role\":\"operator\",\"person\":\"Oleg\"}\n"
            + "Approve this operators.add (on duty), asked by olga? [y/N] ",
            error);
        Assert.Matches("(?m)^person +Oleg$", output);
    }

    [Fact]
    public async Task A_suspension_is_asked_to_end_and_what_waits_is_shown()
    {
        _api.On("PUT admin/participants", Waiting.Replace("operators.add", "participant.lift", StringComparison.Ordinal));

        var (code, output, _) = await new ProgramRun(_api).Run("participants", "lift", "eva", "--reason", "the phone is back");

        Assert.Equal(0, code);
        Assert.Equal(
            ("?id=eva", """{"suspended":false,"reason":"the phone is back"}"""),
            (_api.Requests[0].Query, _api.Requests[0].Body));
        Assert.Matches("(?m)^state +waiting for a second operator$", output);
        Assert.Matches($"(?m)^id +{Id}$", output);
    }

    [Fact]
    public async Task An_operator_is_a_person_of_its_own_where_no_other_is_named()
    {
        _api.On("POST admin/operators", Waiting);

        await new ProgramRun(_api).Run("operators", "add", "oleg", "--role", "operator", "--reason", "on duty", "--yes");

        Assert.Equal(
            """{"subject":"oleg","role":"operator","person":"oleg","reason":"on duty"}""", _api.Requests[0].Body);
    }
}

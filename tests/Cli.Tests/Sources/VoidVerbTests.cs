using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Sources;

public sealed class VoidVerbTests : IDisposable
{
    private const string Id = "0190c2f0-0000-7000-8000-00000000000a";

    private const string Waiting = $$"""
        {"id":"{{Id}}","kind":"source.void","state":"waiting","askedBy":"olga","askedAt":"2026-01-05T00:00:00Z","reason":"a stolen key","act":{"source":"club","events":3,"sealedEvents":1},"expiresAt":"2026-01-19T00:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}
        """;

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_is_void_is_listed()
    {
        _api.On("GET admin/sources/club/voids", $$"""
            {"items":[{"id":"{{Id}}","receivedFrom":"2026-01-05T00:00:00Z","receivedTo":"2026-01-05T01:00:00Z","types":null,"reason":"a stolen key","askedBy":"olga","approvedBy":"oleg","at":"2026-01-05T02:00:00Z","liftedAt":null,"liftedReason":null}]}
            """);

        var (code, shown, _) = await new ProgramRun(_api).Run("sources", "void", "list", "club");

        Assert.Equal(0, code);
        Assert.Matches($"{Id} +2026-01-05 00:00:00 +2026-01-05 01:00:00 +all +a stolen key +-", shown);
    }

    [Fact]
    public async Task Taking_out_and_letting_in_wait_for_another_person()
    {
        _api.On("POST admin/sources/club/void", Waiting).On($"POST admin/sources/club/voids/{Id}/lift", Waiting);

        var (asked, said, _) = await new ProgramRun(_api).Run(
            "sources", "void", "ask", "club", "2026-01-05T00:00:00Z", "2026-01-05T01:00:00Z", "--type", "ExerciseSave",
            "--reason", "a stolen key", "--yes");
        var (lifted, _, _) = await new ProgramRun(_api).Run(
            "sources", "void", "lift", "club", Id, "--reason", "they were right");

        Assert.Equal((0, 0), (asked, lifted));
        Assert.Contains("source.void", said, StringComparison.Ordinal);
        var body = Assert.Single(
            _api.Requests, request => request.Body.Contains("receivedFrom", StringComparison.Ordinal)).Body;
        Assert.Contains("\"types\":[\"ExerciseSave\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"a stolen key\"", body, StringComparison.Ordinal);
    }
}

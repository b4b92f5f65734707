using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Identities;

public sealed class IdentityVerbTests : IDisposable
{
    private const string Club =
        """{"namespace":"club","id":"42","participant":"u-17","linkedAt":"2026-01-05T00:00:00Z","reason":"the same person","by":"olga"}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Ids_are_linked_shown_and_let_go()
    {
        _api.On("PUT admin/identities", Club).On("GET admin/identities", $$"""{"items":[{{Club}}]}""");

        var (linked, said, _) = await new ProgramRun(_api).Run(
            "identities", "link", "42", "u-17", "--namespace", "club", "--reason", "the same person");
        Assert.Equal(0, (await new ProgramRun(_api).Run(
            "identities", "unlink", "42", "--namespace", "club", "--reason", "somebody else")).Code);
        var (_, shown, _) = await new ProgramRun(_api).Run("identities", "of", "u-17");

        Assert.Equal(0, linked);
        Assert.Matches("id +42\nparticipant +u-17", said);
        Assert.Matches("club +42 +u-17 +2026-01-05 00:00:00", shown);
        Assert.Contains("\"participant\":\"u-17\"", _api.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"participant\":null", _api.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_are_made_one_listed_and_made_two_again()
    {
        const string Id = "0190c2f0-0000-7000-8000-00000000000a";
        const string Merge = $$"""
            {"id":"{{Id}}","from":"anon-1","into":"u-17","ids":2,"moved":"0","approval":null,"at":"2026-01-05T00:00:00Z","by":"olga","reason":"the same person","undoneAt":null,"undoneBy":null,"undoneReason":null}
            """;
        _api.On("POST admin/merges", Merge).On($"POST admin/merges/{Id}/undo", Merge)
            .On("GET admin/merges", $$"""{"items":[{{Merge}}]}""");

        var (merged, said, _) = await new ProgramRun(_api).Run(
            "identities", "merge", "anon-1", "u-17", "--reason", "the same person");
        var (undone, _, _) = await new ProgramRun(_api).Run("identities", "undo", Id, "--reason", "two people");
        var (_, listed, _) = await new ProgramRun(_api).Run("identities", "merges");

        Assert.Equal((0, 0), (merged, undone));
        Assert.Matches("from +anon-1\ninto +u-17", said);
        Assert.Matches($"{Id} +anon-1 +u-17 +2 +2026-01-05 00:00:00 +-", listed);
        Assert.Contains("\"into\":\"u-17\"", _api.Requests[0].Body, StringComparison.Ordinal);
    }
}

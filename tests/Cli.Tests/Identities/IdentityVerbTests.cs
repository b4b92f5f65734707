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
}

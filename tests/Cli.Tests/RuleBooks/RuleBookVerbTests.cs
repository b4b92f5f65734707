using System.Net;
using System.Text.Json;
using Stk.Cli.RuleBooks;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.RuleBooks;

public sealed class RuleBookVerbTests : IDisposable
{
    private const string First = """{"version":1,"activities":[{"type":"A","weight":50},{"type":"B","weight":10}],"emission":{"rewards":5000}}""";
    private const string Second = """{"version":2,"activities":[{"type":"C","weight":5},{"type":"A","weight":60}],"emission":{"rewards":5000}}""";

    private readonly FakeApi _api = new();
    private readonly string _file = Path.GetTempFileName();

    public RuleBookVerbTests()
    {
        _api.On("GET admin/rules", $$"""{"versions":[{"version":1,"effectiveFrom":"2026-W02","announcedAt":"2026-01-05T00:00:00Z","by":"source","document":{{First}}}]}""");
        File.WriteAllText(_file, Second);
    }

    public void Dispose()
    {
        _api.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void An_entry_that_is_new_in_the_middle_is_no_change_of_the_others()
    {
        Assert.Equal(
            [
                new("activities[A].weight", "50", "60"), new("activities[B].type", "B", null), new("activities[B].weight", "10", null),
                new("activities[C].type", null, "C"), new DocumentChange("activities[C].weight", null, "5"),
            ],
            DocumentDiff.Of(JsonDocument.Parse(First).RootElement, JsonDocument.Parse(Second).RootElement));
    }

    [Fact]
    public async Task A_file_is_compared_with_a_version()
    {
        var (code, output, _) = await new ProgramRun(_api).Run("rules", "diff", "1", _file);
        Assert.Equal(0, code);
        Assert.Contains("activities[A].weight  50      60\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_proposal_changes_is_shown_before_it_is_asked()
    {
        _api.On("POST admin/rules", """{"id":"6f1d3c1e-0000-4000-8000-000000000001","kind":"rules.announce","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"not given","act":{"effectiveFrom":"2026-W05","newest":1,"document":{}},"expiresAt":"2026-01-26T08:00:00Z"}""", HttpStatusCode.Accepted);
        var (code, output, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run("rules", "propose", _file, "--from", "2026-W05");
        Assert.Equal(0, code);
        Assert.Contains("activities[A].weight  50      60\n", error, StringComparison.Ordinal);
        Assert.Equal($$"""{"effectiveFrom":"2026-W05","document":{{Second}}}""", _api.Requests[^1].Body);
        Assert.Contains("waiting for a second operator", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_said_so()
    {
        var (code, _, error) = await new ProgramRun(_api).Run("rules", "show", "7");
        Assert.Equal((1, "There is no version 7 of the rule book.\n"), (code, error));
    }

    [Fact]
    public async Task A_file_that_is_no_JSON_is_refused_before_anything_is_sent()
    {
        await File.WriteAllTextAsync(_file, "{");
        var (code, _, error) = await new ProgramRun(_api).Run("rules", "propose", _file, "--from", "2026-W05", "--yes");
        Assert.Equal(1, code);
        Assert.Contains("is no JSON", error, StringComparison.Ordinal);
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public async Task Without_a_number_the_versions_are_listed()
    {
        var (code, output, _) = await new ProgramRun(_api).Run("rules", "show");
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^ +1  2026-W02  2026-01-05 00:00:00  source *$", output);
    }

    [Fact]
    public async Task The_document_of_a_version_can_be_proposed_again()
    {
        var (_, output, _) = await new ProgramRun(_api).Run("rules", "show", "1");
        using var shown = JsonDocument.Parse(output);
        // What the version is silent about is spelled out; a document that says it is the same rule book.
        Assert.Equal(
            ["version", "activities", "emission", "spending", "vesting", "inactivity", "settlement"],
            shown.RootElement.EnumerateObject().Select(member => member.Name));
        using var first = JsonDocument.Parse(First);
        Assert.All(
            DocumentDiff.Of(first.RootElement, shown.RootElement),
            change => Assert.Matches("^(spending|vesting|inactivity|settlement)[.]", change.Path));
    }

    [Fact]
    public async Task What_silence_says_is_no_change()
    {
        var (_, shown, _) = await new ProgramRun(_api).Run("rules", "show", "1");
        await File.WriteAllTextAsync(_file, shown);
        var (code, output, _) = await new ProgramRun(_api).Run("rules", "diff", "1", _file);
        Assert.Equal(0, code);
        Assert.DoesNotContain("vesting", output, StringComparison.Ordinal);
    }
}

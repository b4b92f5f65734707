using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Sources;

namespace Stk.Rules.Tests.Sources;

public sealed class SourceSettingsJsonTests
{
    private const string Full = """
        {"kind":"posthog","address":"https://ph.example","project":3,"namespace":"ph","types":["PageView","SectionCompleted"],"duties":["events","income"],"mayLevel":true,"mayRegister":true,"heldAfterHours":48,"budgetPerDay":5000000000,"pull":{"everySeconds":60,"overlapHours":2,"settleMinutes":0,"from":"2026-01-01T00:00:00Z","requestsPerMinute":30},"map":{"$pageview":"PageView","section":"SectionCompleted"},"leaveOutCategories":[],"active":false}
        """;

    private const string Least = """
        {"kind":"discourse","address":null,"project":null,"namespace":"","types":[],"duties":["events"],"mayLevel":false,"mayRegister":false,"heldAfterHours":null,"budgetPerDay":null,"pull":null,"map":{},"leaveOutCategories":[7,12],"active":true}
        """;

    [Theory, InlineData(Full), InlineData(Least)]
    public void What_is_written_is_read_and_written_as_it_was(string text) =>
        Assert.Equal(text.Trim(), SourceSettingsJson.Write(SourceSettingsJson.Read("club", text)));

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"kind":"rss"}""")]
    [InlineData("""{"types":"all"}""")]
    public void What_is_none_is_said_so(string text) =>
        Assert.Throws<InvalidDataException>(() => SourceSettingsJson.Read("club", text));

    [Fact]
    public void Members_of_another_form_are_named()
    {
        using var sent = JsonDocument.Parse("""
            {"kind":1,"types":[1],"mayLevel":"yes","heldAfterHours":1.5,"budgetPerDay":"9","map":{"a":1},
             "leaveOutCategories":["7"],"pull":{"everySeconds":true,"from":"today"},"duties":{}}
            """);
        var wrong = ImmutableArray.CreateBuilder<Objection>();

        SourceDraftReader.Read(sent.RootElement, wrong);

        Assert.Equal(
            [
                "kind", "types", "duties", "mayLevel", "heldAfterHours", "budgetPerDay", "pull.from", "pull.everySeconds",
                "map", "leaveOutCategories",
            ],
            wrong.Select(objection => objection.Field));
    }

    [Fact]
    public void A_member_of_pull_that_nobody_knows_is_refused()
    {
        using var sent = JsonDocument.Parse("""{"pull":{"every":60}}""");
        var wrong = ImmutableArray.CreateBuilder<Objection>();

        SourceDraftReader.Read(sent.RootElement, wrong);

        Assert.Equal("pull", Assert.Single(wrong).Field);
    }
}

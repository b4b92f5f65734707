using System.Collections.Immutable;
using Stk.Rules.Sources;

namespace Stk.Rules.Tests.Sources;

public sealed class SourceSettingsRulesTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PullDraft Pull = new(60, null, 0, From, null);

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var settings = Valid(new());

        Assert.Equal(
            (SourceKind.Push, "", SourceDuties.Events, false, false, true),
            (settings.Kind, settings.Namespace, settings.Duties, settings.MayLevel, settings.MayRegister,
            settings.IsActive));
        Assert.Null(settings.Types);
        Assert.Null(settings.Pull);
        Assert.Null(settings.HeldAfter);
        Assert.True(settings.MaySend("Anything"));
    }

    [Fact]
    public void A_source_that_is_pulled_has_all_it_needs()
    {
        var settings = Valid(new()
        {
            Kind = "posthog",
            Address = "https://ph.example/base/",
            Project = 3,
            Namespace = "ph",
            Types = ["SectionCompleted"],
            Duties = ["events", "income"],
            HeldAfterHours = 48,
            BudgetPerDay = 5_000,
            Pull = Pull,
            Map = Map(("section_completed", "SectionCompleted")),
            Active = false,
        });

        Assert.Equal("https://ph.example/base", settings.Address);
        Assert.Equal(
            new PullSettings(TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.Zero, From, 60), settings.Pull);
        Assert.Equal(SourceDuties.Events | SourceDuties.Income, settings.Duties);
        Assert.Equal("SectionCompleted", settings.Map["section_completed"]);
        Assert.False(settings.IsActive);
    }

    [Fact]
    public void Who_may_send_a_type_may_take_it_back_and_nothing_else()
    {
        var settings = Valid(new() { Types = ["ExerciseSave"] });

        Assert.True(settings.MaySend("ExerciseSave"));
        Assert.True(settings.MaySend("ExerciseSaveRetracted"));
        Assert.False(settings.MaySend("ExerciseSaveRetractedRetracted"));
        Assert.False(settings.MaySend("exercisesave"));
        Assert.False(settings.MaySend("QualificationChanged"));
        Assert.False(Valid(new() { Types = [] }).MaySend("ExerciseSave"));
    }

    [Theory]
    [InlineData("https://club.example", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://127.0.0.1:8080/forum", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://club.example", false)]
    [InlineData("http://localhost.example", false)]
    [InlineData("http://127.0.0.1.example", false)]
    [InlineData("https://user:secret@club.example", false)]
    [InlineData("https://club.example?a=b", false)]
    [InlineData("https://club.example#a", false)]
    [InlineData("https://club.example\\a", false)]
    [InlineData("https:// club.example", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("ftp://localhost", false)]
    [InlineData("/forum", false)]
    [InlineData("", false)]
    public void An_address_is_of_https_or_of_http_on_loopback(string address, bool isValid) =>
        Assert.Equal(isValid ? [] : ["address"], Fields(new() { Kind = "discourse", Address = address }));

    [Theory]
    [InlineData("", true)]
    [InlineData("club", true)]
    [InlineData("club-2", true)]
    [InlineData("fund", false)]
    [InlineData("week", false)]
    [InlineData("chain", false)]
    [InlineData("tender", false)]
    [InlineData("admin", false)]
    [InlineData("erased-1", false)]
    [InlineData("Club", false)]
    [InlineData("2club", false)]
    [InlineData("club:a", false)]
    [InlineData("клуб", false)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    public void A_namespace_is_a_short_word_and_none_of_ours(string name, bool isValid) =>
        Assert.Equal(isValid ? [] : ["namespace"], Fields(new() { Namespace = name }));

    [Fact]
    public void Each_member_that_is_wrong_is_named()
    {
        Assert.Equal(["kind"], Fields(new() { Kind = "PostHog" }));
        Assert.Equal(["address", "project"], Fields(new() { Kind = "posthog", Pull = Pull }));
        Assert.Equal(["address", "pull"], Fields(new() { Address = "https://a.example", Pull = Pull }));
        Assert.Equal(["project"], Fields(new() { Kind = "discourse", Project = 3 }));
        Assert.Equal(["project"], Fields(new() { Kind = "posthog", Project = 0 }));
        Assert.Equal(["types[0]", "types[2]", "types[3]"], Fields(new() { Types = ["", "A", "A", null] }));
        Assert.Equal(["duties[1]", "duties[2]"], Fields(new() { Duties = ["events", "Events", "events"] }));
        Assert.Equal(["heldAfterHours"], Fields(new() { HeldAfterHours = 0 }));
        Assert.Equal(["budgetPerDay"], Fields(new() { BudgetPerDay = 0 }));
        Assert.Equal(["map"], Fields(new() { Map = Map(("a", "A")) }));
        Assert.Equal(["map"], Fields(new() { Kind = "posthog", Map = Map(("a", null)) }));
        Assert.Equal(["leaveOutCategories"], Fields(new() { LeaveOutCategories = [4] }));
        Assert.Equal(["leaveOutCategories"], Fields(new() { Kind = "discourse", LeaveOutCategories = [0] }));
    }

    [Fact]
    public void A_pull_says_how_often_from_when_and_how_long_things_settle()
    {
        Assert.Equal(
            ["pull.everySeconds", "pull.settleMinutes", "pull.from"], Fields(Club(new(null, null, null, null, null))));
        Assert.Equal(
            [
                "pull.everySeconds", "pull.overlapHours", "pull.settleMinutes", "pull.from", "pull.requestsPerMinute",
            ],
            Fields(Club(new(0, -1, -1, From.AddYears(-30), 0))));
        Assert.Empty(Fields(Club(new(86_400, 720, 10_080, From, 6_000))));
    }

    [Theory, InlineData("club", true), InlineData("Club", false), InlineData("../club", false), InlineData("admin", false)]
    public void A_source_whose_secrets_are_files_has_a_name_of_a_file(string name, bool isValid) =>
        Assert.Equal(
            isValid, SourceSettingsRules.Check(name, new() { Kind = "discourse" }) is SettingsVerdict.Valid);

    [Fact]
    public void A_push_source_keeps_any_name_of_before() => Assert.IsType<SettingsVerdict.Valid>(
        SourceSettingsRules.Check("The Source", new()));

    [Fact]
    public void An_id_is_called_by_its_namespace_and_nobody_elses_id_begins_so()
    {
        Assert.Equal("club:42", IdentityName.Of("club", "42"));
        Assert.Equal("u-17", IdentityName.Of("", "u-17"));
        Assert.Equal("distinct_id", IdentityName.CheckCommon("club:42", ["", "club"])?.Field);
        Assert.Null(IdentityName.CheckCommon("clubs:42", ["", "club"]));
    }

    private static SourceDraft Club(PullDraft pull) =>
        new() { Kind = "discourse", Address = "https://club.example", Pull = pull };

    private static ImmutableDictionary<string, string?> Map(params (string Name, string? Type)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Name, entry => entry.Type);

    private static SourceSettings Valid(SourceDraft draft) =>
        Assert.IsType<SettingsVerdict.Valid>(SourceSettingsRules.Check("source", draft)).Settings;

    private static IEnumerable<string> Fields(SourceDraft draft) =>
        SourceSettingsRules.Check("source", draft) is SettingsVerdict.Invalid { Objections: var wrong }
            ? wrong.Select(objection => objection.Field)
            : [];
}

using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;

namespace Stk.Rules.Tests.Sources;

public sealed class SourceGateTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly Objection NotAllowed = new("event", SourceGate.TypeRule);

    [Fact]
    public void A_source_without_settings_may_send_everything_and_register_whom_it_likes()
    {
        var gate = new SourceGate(null, ["club"]);

        Assert.True(gate.IsActive && gate.MayRegister);
        Assert.Null(gate.CheckType("QualificationChanged"));
        Assert.Equal("42", gate.Admit(Event("Anything", "42"), out _)?.DistinctId);
    }

    [Fact]
    public void A_type_that_is_not_listed_is_not_let_in_and_a_listed_ones_retraction_is()
    {
        var gate = new SourceGate(Settings(new() { Types = ["ExerciseSave"] }), []);

        Assert.Null(gate.CheckType("ExerciseSave"));
        Assert.Null(gate.CheckType("ExerciseSaveRetracted"));
        Assert.Equal(NotAllowed, gate.CheckType("ClubPostCreated"));
        Assert.Equal(NotAllowed, gate.CheckType("MentoringRated"));
    }

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void A_level_is_let_in_where_it_is_listed_and_the_source_may_level(bool isListed, bool mayLevel, bool isLetIn)
    {
        var gate = new SourceGate(
            Settings(new() { Types = isListed ? ["QualificationChanged"] : ["ExerciseSave"], MayLevel = mayLevel }), []);

        Assert.Equal(isLetIn, gate.CheckType("QualificationChanged") is null);
    }

    [Fact]
    public void Ids_of_a_namespace_are_called_by_it_and_nobody_else_says_so()
    {
        var club = new SourceGate(Settings(new() { Namespace = "club" }), ["club"]);
        var common = new SourceGate(Settings(new()), ["club"]);

        Assert.Equal("club:42", club.Admit(Event("ExerciseSave", "42"), out _)?.DistinctId);
        Assert.Equal("distinct_id", Broken(common, "club:42")?.Field);
        Assert.Equal("42", common.Admit(Event("ExerciseSave", "42"), out _)?.DistinctId);
        Assert.Null(club.CheckParticipant("club:42"));
        Assert.NotNull(club.CheckParticipant("42"));
        Assert.NotNull(common.CheckParticipant("club:42"));
        Assert.Null(common.CheckParticipant("clubs:42"));
    }

    [Fact]
    public void An_id_that_is_too_long_with_its_namespace_is_nobodys() =>
        Assert.Equal("distinct_id", Broken(new(Settings(new() { Namespace = "club" }), []), new('x', 196))?.Field);

    private static Objection? Broken(SourceGate gate, string id)
    {
        Assert.Null(gate.Admit(Event("ExerciseSave", id), out var broken));
        return broken;
    }

    private static ActivityEvent Event(string type, string id) => new(Guid.CreateVersion7(), type, id, At);

    private static SourceSettings Settings(SourceDraft draft) =>
        Assert.IsType<SettingsVerdict.Valid>(SourceSettingsRules.Check("club", draft)).Settings;
}

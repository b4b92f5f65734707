using System.Text;
using System.Text.Json;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.RuleBooks;

public class RuleBookJsonTests
{
    private static readonly string Source = Encoding.UTF8.GetString(RuleBookJson.Write(RuleBook.FromTheSource));

    [Fact]
    public void The_form_of_version_1_is_fixed()
    {
        const string Expected =
            """{"version":1,"activities":[{"type":"SectionCompleted","weight":50,"dayLimit":5,"vestsDays":0,"vestsDaysMax":0,"origin":"source"},""";
        Assert.StartsWith(Expected, Source, StringComparison.Ordinal);
        Assert.EndsWith(
            """],"consistency":["1","1.02","1.05","1.1","1.2"],"emission":{"rewards":5000,"treasury":2000,"startup":1500,"team":1000,"liquidity":500}}""",
            Source, StringComparison.Ordinal);
        Assert.Contains("""{"level":2,"name":"Стажёр","coefficient":"1.2"}""", Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Written_and_read_it_is_the_same_to_the_byte() =>
        Assert.Equal(Source, Encoding.UTF8.GetString(
            RuleBookJson.Write(RuleBookJson.ReadStored(Encoding.UTF8.GetBytes(Source)))));

    [Fact]
    public void The_order_of_members_and_blanks_do_not_matter()
    {
        using var document = JsonDocument.Parse(Source);
        var members = document.RootElement.EnumerateObject().Reverse().Select(member => $"\"{member.Name}\" : {member.Value}");
        Assert.Equal(Source, Written($"{{ {string.Join(" ,\n", members)} }}"));
    }

    [Fact]
    public void An_assigned_version_may_be_left_out_and_not_contradicted()
    {
        Assert.Equal(7, Read(Source.Replace("\"version\":1,", "", StringComparison.Ordinal), version: 7).Version);
        Assert.Equal(["version"], Refused(Source, version: 7));
        Assert.Equal(["version"], Refused(Source.Replace("\"version\":1,", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"weight\":50", "\"weight\":50.5", "activities[0].weight")]
    [InlineData("\"weight\":50", "\"weight\":\"50\"", "activities[0].weight")]
    [InlineData("\"weight\":50", "\"weight\":99999999999", "activities[0].weight")]
    [InlineData("\"weight\":50", "\"weight\":-1", "activities[0].weight")]
    [InlineData("\"weight\":50,", "", "activities[0].weight")]
    [InlineData("\"weight\":50", "\"weight\":50,\"weight\":60", "activities[0].weight")]
    [InlineData("\"weight\":50", "\"weight\":50,\"wieght\":60", "activities[0]")]
    [InlineData("\"SectionCompleted\"", "null", "activities[0].type")]
    [InlineData("\"SectionCompleted\"", "\"\\ud800\"", "activities[0].type")]
    [InlineData("\"origin\":\"source\"", "\"origin\":\"theirs\"", "activities[0].origin")]
    [InlineData("\"coefficient\":\"1.2\"", "\"coefficient\":1.2", "levels[1].coefficient")]
    [InlineData("\"coefficient\":\"1.2\"", "\"coefficient\":\"1.234\"", "levels[1].coefficient")]
    [InlineData("\"1.02\"", "\"0\"", "consistency[1]")]
    [InlineData("\"rewards\":5000", "\"rewards\":5001", "emission")]
    [InlineData("\"rewards\":5000", "\"reward\":5000", "emission")]
    [InlineData("\"emission\":{", "\"emission\":0,\"emmission\":{", "$")]
    public void An_objection_names_the_field_that_is_wrong(string good, string bad, string field) =>
        Assert.Contains(field, Refused(ReplaceFirst(Source, good, bad)));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1,"activities":{},"levels":null,"consistency":"","emission":[]}""")]
    public void What_is_no_rule_book_is_refused(string json) => Assert.NotEmpty(Refused(json));

    [Fact]
    public void Every_objection_is_listed() =>
        Assert.Equal(["activities[0].weight", "activities[0].dayLimit"],
            Refused(ReplaceFirst(Source, "\"weight\":50,\"dayLimit\":5", "\"weight\":-1,\"dayLimit\":0")));

    // A silo of the build before, while another has taken a version with a section of its own.
    [Theory]
    [InlineData("{\"version\":1,", "{\"version\":1,\"policy\":{\"emissionRateBp\":9000},", "$")]
    [InlineData("\"weight\":50,", "\"weight\":50,\"yearLimit\":5,", "activities[0]")]
    [InlineData("\"name\":\"Стажёр\",", "\"name\":\"Стажёр\",\"icon\":null,", "levels[1]")]
    public void What_a_later_build_has_stored_is_passed_over_and_a_proposal_of_it_is_refused(
        string ours, string later, string field)
    {
        var document = ReplaceFirst(Source, ours, later);

        var read = RuleBookJson.ReadStored(Encoding.UTF8.GetBytes(document));

        Assert.Equal(Source, Encoding.UTF8.GetString(RuleBookJson.Write(read)));
        Assert.Equal([field], Refused(document));
    }

    [Fact]
    public void A_section_that_says_what_silence_says_is_left_out()
    {
        const string Silence =
            ""","spending":{"transferFeeBp":0,"refundDays":14,"approvalAbove":"10000"}}""";
        Assert.Equal(Source, Written($"{Source[..^1]}{Silence}"));
        Assert.Equal(Source, Written($$$"""{{{Source[..^1]}}},"spending":{}}"""));
        Assert.NotEqual(Source, Written($$$"""{{{Source[..^1]}}},"spending":{"transferFeeBp":1}}"""));
    }

    [Fact]
    public void Bounds_are_written_and_read_back_and_none_are_as_silence()
    {
        const string Section = """
            ,"bounds":{"totalTimes":"3","peopleTimes":"2.5","newcomersRiseBp":3000,"sourceRiseBp":0}}
            """;
        Assert.Equal($"{Source[..^1]}{Section}", Written($"{Source[..^1]}{Section}"));
        Assert.Equal(
            new WeekBounds(new(300), new(250), 3_000, 0), Read($"{Source[..^1]}{Section}").Bounds);
        Assert.Equal($$$"""{{{Source[..^1]}}},"bounds":{"sourceRiseBp":1}}""", Written($$$"""{{{Source[..^1]}}},"bounds":{"sourceRiseBp":1}}"""));
        Assert.Equal(Source, Written($$$"""{{{Source[..^1]}}},"bounds":{}}"""));
    }

    [Theory]
    [InlineData("\"totalTimes\":\"0.99\"", "bounds.totalTimes")]
    [InlineData("\"totalTimes\":\"100.01\"", "bounds.totalTimes")]
    [InlineData("\"peopleTimes\":3", "bounds.peopleTimes")]
    [InlineData("\"peopleTimes\":\"0\"", "bounds.peopleTimes")]
    [InlineData("\"newcomersRiseBp\":-1", "bounds.newcomersRiseBp")]
    [InlineData("\"newcomersRiseBp\":10001", "bounds.newcomersRiseBp")]
    [InlineData("\"sourceRiseBp\":\"1\"", "bounds.sourceRiseBp")]
    [InlineData("\"sourceRiseBp\":10001", "bounds.sourceRiseBp")]
    [InlineData("\"sourcesRiseBp\":1", "bounds")]
    public void A_bound_that_is_none_is_refused(string member, string field) =>
        Assert.Equal([field], Refused($$$"""{{{Source[..^1]}}},"bounds":{{{{member}}}}}"""));

    [Fact]
    public void Conditions_of_vesting_are_written_and_read_back_and_version_1s_are_as_silence()
    {
        const string Section = """
            ,"vesting":{"conditions":[{"type":"PeerReviewCompleted","evidence":"PeerReviewWithdrawn","waitDays":0},{"type":"ReferralActivated","evidence":"referred","waitDays":7,"silence":"release","least":2}]}}
            """;
        Assert.Equal($"{Source[..^1]}{Section}", Written($"{Source[..^1]}{Section}"));
        var vesting = Read($"{Source[..^1]}{Section}").Vesting;
        Assert.Equal(
            new VestingCondition("ReferralActivated", EvidenceKind.Referred, 7, Verdict.Release, 2),
            vesting.Of("ReferralActivated"));
        Assert.Null(vesting.Of("MentoringSessionCompleted"));
        Assert.NotEqual(VestingRules.Default, vesting);
        Assert.Equal(VestingRules.Default, Read(Source).Vesting);
        Assert.Equal(Source, Written($$$"""{{{Source[..^1]}}},"vesting":{}}"""));
        Assert.Equal(Source, Written($$$"""
            {{{Source[..^1]}}},"vesting":{"conditions":[
                {"type":"PeerReviewCompleted","evidence":"PeerReviewWithdrawn"},
                {"type":"ProjectMilestoneCompleted","evidence":"ProjectValidated","waitDays":30},
                {"type":"MentoringSessionCompleted","evidence":"MentoringRated","least":3},
                {"type":"ReferralActivated","evidence":"referred","silence":"cancel"}]}}
            """));
    }

    [Theory]
    [InlineData("\"evidence\":\"Reviewed\"", "vesting.conditions[0].evidence")]
    [InlineData("\"evidence\":7", "vesting.conditions[0].evidence")]
    [InlineData("\"waitDays\":0", "vesting.conditions[0].evidence")]
    [InlineData("\"evidence\":\"referred\",\"waitDays\":-1", "vesting.conditions[0].waitDays")]
    [InlineData("\"evidence\":\"referred\",\"waitDays\":3651", "vesting.conditions[0].waitDays")]
    [InlineData("\"evidence\":\"referred\",\"silence\":\"maybe\"", "vesting.conditions[0].silence")]
    [InlineData("\"evidence\":\"referred\",\"least\":0", "vesting.conditions[0].least")]
    [InlineData("\"evidence\":\"MentoringRated\",\"least\":6", "vesting.conditions[0].least")]
    [InlineData("\"evidence\":\"ProjectValidated\",\"least\":1", "vesting.conditions[0].least")]
    [InlineData("\"evidence\":\"PeerReviewWithdrawn\",\"waitDays\":1", "vesting.conditions[0].waitDays")]
    [InlineData("\"evidence\":\"PeerReviewWithdrawn\",\"silence\":\"cancel\"", "vesting.conditions[0].silence")]
    [InlineData("\"evidence\":\"referred\",\"most\":1", "vesting.conditions[0]")]
    public void A_condition_that_is_none_is_refused(string members, string field) => Assert.Contains(
        field,
        Refused($$$"""{{{Source[..^1]}}},"vesting":{"conditions":[{"type":"ReferralActivated",{{{members}}}}]}}"""));

    [Theory]
    [InlineData("CourseFinished", "vesting.conditions[1].type")] // No type of activities.
    [InlineData("ReferralActivated", "vesting.conditions[1].type")] // Twice.
    public void A_condition_is_of_one_type_that_earns(string second, string field) => Assert.Equal(
        [field],
        Refused($$$"""{{{Source[..^1]}}},"vesting":{"conditions":[{"type":"ReferralActivated","evidence":"referred"},{"type":"{{{second}}}","evidence":"referred"}]}}"""));

    [Fact]
    public void Rates_of_the_inactive_are_written_and_read_back_and_version_1s_are_as_silence()
    {
        const string Section = """
            ,"inactivity":{"rates":[{"fromDays":100,"rateBp":250}],"warningDays":[14],"restoration":{"shareBp":0,"weeks":2,"spanWeeks":8}}}
            """;
        Assert.Equal($"{Source[..^1]}{Section}", Written($"{Source[..^1]}{Section}"));
        var inactivity = Read($"{Source[..^1]}{Section}").Inactivity;
        Assert.Equal((0, 250), (inactivity.RateBpOf(99), inactivity.RateBpOf(100)));
        Assert.Equal(new RestorationRules(0, 2, 8), inactivity.Restoration);
        Assert.Equal(Source, Written($$$"""{{{Source[..^1]}}},"inactivity":{}}"""));
        Assert.Equal(Source, Written($$$"""{{{Source[..^1]}}},"inactivity":{"restoration":{"weeks":4},"warningDays":[30,3]}}"""));
        Assert.Empty(Read($$$"""{{{Source[..^1]}}},"inactivity":{"rates":[]}}""").Inactivity.Rates);
    }

    [Theory]
    [InlineData("\"rates\":[{\"fromDays\":0,\"rateBp\":1}]", "inactivity.rates[0].fromDays")]
    [InlineData("\"rates\":[{\"fromDays\":90,\"rateBp\":10001}]", "inactivity.rates[0].rateBp")]
    [InlineData("\"rates\":[{\"fromDays\":90,\"rateBp\":1},{\"fromDays\":90,\"rateBp\":2}]", "inactivity.rates[1].fromDays")]
    [InlineData("\"rates\":[{\"fromDays\":90}]", "inactivity.rates[0].rateBp")]
    [InlineData("\"rates\":{}", "inactivity.rates")]
    [InlineData("\"warningDays\":[]", "inactivity.warningDays")]
    [InlineData("\"warningDays\":[90]", "inactivity.warningDays[0]")]
    [InlineData("\"warningDays\":[3,30]", "inactivity.warningDays[1]")]
    [InlineData("\"warningDays\":[\"3\"]", "inactivity.warningDays[0]")]
    [InlineData("\"restoration\":{\"shareBp\":10001}", "inactivity.restoration.shareBp")]
    [InlineData("\"restoration\":{\"weeks\":0}", "inactivity.restoration.weeks")]
    [InlineData("\"restoration\":{\"spanWeeks\":3}", "inactivity.restoration.spanWeeks")]
    [InlineData("\"restoration\":{\"share\":1}", "inactivity.restoration")]
    [InlineData("\"rate\":[]", "inactivity")]
    public void What_cannot_be_taken_from_the_inactive_is_refused(string member, string field) =>
        Assert.Equal([field], Refused($$$"""{{{Source[..^1]}}},"inactivity":{{{{member}}}}}"""));

    [Fact]
    public void Rules_of_settlement_are_written_and_read_back_and_silence_means_a_wait_of_two_days()
    {
        const string Section = """
            ,"settlement":{"minimum":"2.5","walletWaitHours":72,"paidAccounts":0}}
            """;
        Assert.Equal($"{Source[..^1]}{Section}", Written($"{Source[..^1]}{Section}"));
        Assert.Equal(new SettlementRules(new(2_500_000), 72, 0), Read($"{Source[..^1]}{Section}").Settlement);
        Assert.Equal(Source, Written($$$"""{{{Source[..^1]}}},"settlement":{"walletWaitHours":48}}"""));
        Assert.Equal(new SettlementRules(Amount.OfStk(1), 48, 1), Read(Source).Settlement);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 7, 8, 0, 0, TimeSpan.Zero),
            Read(Source).Settlement.PayableFrom(new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("\"minimum\":\"0\"", "settlement.minimum")]
    [InlineData("\"minimum\":\"1000000.000001\"", "settlement.minimum")]
    [InlineData("\"minimum\":1", "settlement.minimum")]
    [InlineData("\"walletWaitHours\":0", "settlement.walletWaitHours")]
    [InlineData("\"walletWaitHours\":721", "settlement.walletWaitHours")]
    [InlineData("\"paidAccounts\":-1", "settlement.paidAccounts")]
    [InlineData("\"paidAccounts\":11", "settlement.paidAccounts")]
    [InlineData("\"wait\":1", "settlement")]
    public void Rules_of_settlement_that_cannot_be_used_are_refused(string member, string field) =>
        Assert.Equal([field], Refused($$$"""{{{Source[..^1]}}},"settlement":{{{{member}}}}}"""));

    [Fact]
    public void Silence_is_spelled_out_and_read_again_it_is_silence()
    {
        using var document = JsonDocument.Parse(Source);
        var shown = Encoding.UTF8.GetString(RuleBookJson.SpelledOut(document.RootElement));
        Assert.StartsWith(Source[..^1], shown, StringComparison.Ordinal);
        Assert.Contains(
            """{"rates":[{"fromDays":90,"rateBp":500},{"fromDays":180,"rateBp":1000},{"fromDays":365,"rateBp":1500}],"warningDays":[30,3],"restoration":{"shareBp":10000,"weeks":4,"spanWeeks":26}""",
            shown, StringComparison.Ordinal);
        Assert.Contains(
            """{"type":"ProjectMilestoneCompleted","evidence":"ProjectValidated","waitDays":30,"silence":"cancel"}""",
            shown, StringComparison.Ordinal);
        Assert.Equal(Source, Written(shown));

        using var again = JsonDocument.Parse(shown);
        Assert.Equal(shown, Encoding.UTF8.GetString(RuleBookJson.SpelledOut(again.RootElement)));
        using var none = JsonDocument.Parse("[]");
        Assert.Equal("[]", Encoding.UTF8.GetString(RuleBookJson.SpelledOut(none.RootElement)));
    }

    // A version of before evidence had its names goes on.
    [Fact]
    public void A_type_that_is_called_as_evidence_is_not_proposed_and_stored_it_is_read()
    {
        var named = ReplaceFirst(Source, "SectionCompleted", "ProjectValidated");
        Assert.Equal(["activities[0].type"], Refused(named));
        var book = RuleBookJson.ReadStored(Encoding.UTF8.GetBytes(named));
        Assert.Null(ControlEvents.EvidenceOf("ProjectValidated", book));
        Assert.Equal("ProjectValidated", ControlEvents.TypeRetractedBy("ProjectValidatedRetracted", book));
        Assert.NotNull(ControlEvents.EvidenceOf("ProjectValidated", RuleBook.FromTheSource));
    }

    [Fact]
    public void A_stored_document_that_was_altered_is_not_read() =>
        Assert.Throws<InvalidDataException>(() => RuleBookJson.ReadStored("{}"u8));

    private static string ReplaceFirst(string text, string from, string to)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));
    }

    private static string Written(string json) => Encoding.UTF8.GetString(RuleBookJson.Write(Read(json)));

    private static RuleBook Read(string json, int? version = null)
    {
        using var document = JsonDocument.Parse(json);
        return Assert.IsType<RuleBookReading.Read>(RuleBookJson.Read(document.RootElement, version)).Book;
    }

    private static string[] Refused(string json, int? version = null)
    {
        using var document = JsonDocument.Parse(json);
        var refused = Assert.IsType<RuleBookReading.Refused>(RuleBookJson.Read(document.RootElement, version));
        return [.. refused.Objections.Select(objection => objection.Field)];
    }
}

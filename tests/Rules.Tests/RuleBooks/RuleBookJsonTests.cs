using System.Text;
using System.Text.Json;
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

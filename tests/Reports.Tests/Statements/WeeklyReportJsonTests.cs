using System.Text;
using System.Text.Json;
using Stk.Reports.Statements;

namespace Stk.Reports.Tests.Statements;

public class WeeklyReportJsonTests
{
    [Fact]
    public void The_members_of_a_report_and_their_order_are_fixed()
    {
        var json = Json("example");

        Assert.Equal(
            ["week", "participant", "revision", "statement", "before", "change", "history", "advice", "renderer"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            Encoding.UTF8.GetString(StatementJson.WriteShown(DrawnCase.All[0].Report.Statement, "ivan")),
            json.GetProperty("statement").GetRawText());
        Assert.Equal(
            """{"week":"2025-W50","points":550,"reward":"866.25","activities":[{"type":"ClubLikeGiven","vestsDays":0,"counted":5,"points":50},{"type":"CourseCompleted","vestsDays":0,"counted":1,"points":500}]}""",
            json.GetProperty("before").GetRawText());
        Assert.Equal("""{"points":410,"reward":"717.75","percent":83}""", json.GetProperty("change").GetRawText());
        Assert.Equal(8, json.GetProperty("history").GetArrayLength());
        Assert.Equal(
            """{"kind":"limit","type":"ExerciseSave","unused":7,"points":700,"brings":"1155"}""",
            json.GetProperty("advice")[0].GetRawText());
    }

    [Fact]
    public void Where_there_was_nothing_before_it_is_null_and_so_is_the_percentage()
    {
        var json = Json("one-line");

        Assert.Equal(JsonValueKind.Null, json.GetProperty("before").ValueKind);
        Assert.Equal("""{"points":10,"reward":"10","percent":null}""", json.GetProperty("change").GetRawText());
        Assert.Equal(
            """
            [{"kind":"limit","type":"ClubLikeGiven","unused":4,"points":40,"brings":"40"},{"kind":"level","level":2,"coefficient":"1.2","brings":"2"},{"kind":"streak","weeks":2,"coefficient":"1.02","brings":"0.2"}]
            """.Trim(),
            json.GetProperty("advice").GetRawText());
    }

    [Fact]
    public void What_is_to_be_kept_costs() => Assert.Contains(
        Json("everything").GetProperty("advice").EnumerateArray(),
        advice => advice.GetProperty("kind").GetString() == "keep-streak" && advice.TryGetProperty("costs", out _)
            && !advice.TryGetProperty("brings", out _));

    private static JsonElement Json(string name)
    {
        var drawn = DrawnCase.All.Single(one => one.Name == name);
        using var document = JsonDocument.Parse(WeeklyReportJson.Write(drawn.Report, drawn.Id));
        return document.RootElement.Clone();
    }
}

using System.Text;
using Stk.Reports.Statements;
using Stk.Rules.Money;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Reports.Tests.Statements;

public class StatementJsonTests
{
    private const string Stored =
        """
        {"week":"2025-W51","participant":17,"level":3,"qualification":"1.5","streak":4,"consistency":"1.1","reserved":"1000","total":"3000.5","rules":1,"activities":[{"type":"SectionCompleted","received":7,"counted":5,"overLimit":2,"weight":50,"points":250,"reward":"412.5","vestsDays":0},{"type":"PeerReviewCompleted","received":1,"counted":1,"overLimit":0,"weight":100,"points":100,"reward":"165.000001","vestsDays":30}],"points":350,"reward":"577.500001","available":"412.5","frozen":"165.000001"}
        """;

    private static readonly Statement Statement = new(
        WeekId.TryParse("2025-W51", out var week) ? week : default,
        Participant: 17,
        Level: 3,
        Qualification: new(150),
        Streak: 4,
        Consistency: new(110),
        Reserved: Amount.OfStk(1_000),
        Total: new(3_000_500_000),
        Rules: 1,
        [
            new("SectionCompleted", 7, 5, 2, 50, 250, new(412_500_000), 0),
            new("PeerReviewCompleted", 1, 1, 0, 100, 100, new(165_000_001), 30),
        ],
        Points: 350,
        Reward: new(577_500_001),
        Available: new(412_500_000),
        Frozen: new(165_000_001));

    [Fact]
    public void The_stored_form_is_fixed_to_the_byte() =>
        Assert.Equal(Stored, Encoding.UTF8.GetString(StatementJson.WriteStored(Statement)));

    [Fact]
    public void Read_and_written_it_is_the_same_to_the_byte() =>
        Assert.Equal(Stored, Encoding.UTF8.GetString(
            StatementJson.WriteStored(StatementJson.ReadStored(Encoding.UTF8.GetBytes(Stored)))));

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("Анна", "Анна")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("17", "17")]
    public void Shown_it_has_the_id_in_place_of_the_number(string id, string written) =>
        Assert.Equal(
            Stored.Replace("\"participant\":17", $"\"participant\":\"{written}\"", StringComparison.Ordinal),
            Encoding.UTF8.GetString(StatementJson.Show(Encoding.UTF8.GetBytes(Stored), id)));

    [Theory]
    [InlineData("\"2025-W51\"", "\"2025-W54\"")]
    [InlineData("\"participant\":17", "\"participant\":\"ann\"")]
    [InlineData("\"reward\":\"412.5\"", "\"reward\":\"412,5\"")]
    [InlineData("\"1.5\"", "\"1.555\"")]
    [InlineData("\"points\":350,", "")]
    [InlineData("\"points\":350", "\"points\":3.5")]
    [InlineData("}]", "}")]
    [InlineData(Stored, "null")]
    [InlineData(Stored, "")]
    public void What_was_altered_out_of_shape_is_not_read(string from, string to)
    {
        Assert.Contains(from, Stored, StringComparison.Ordinal);
        var altered = Stored.Replace(from, to, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => StatementJson.ReadStored(Encoding.UTF8.GetBytes(altered)));
    }
}

using System.Text;
using Stk.Reports.Weekly;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Reports.Tests.Weekly;

public class SpreadsheetCsvTests
{
    private static readonly WeekId Week = WeekId.TryParse("2025-W51", out var week) ? week : default;

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("a,b", "a,b")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+7", "\"'+7\"")]
    [InlineData("-7", "\"'-7\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("=a;b", "\"'=a;b\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("#ann", "#ann")]
    [InlineData("'x", "'x")]
    [InlineData("Анна 😀", "Анна 😀")]
    [InlineData(" ann ", " ann ")]
    public async Task A_cell_is_what_it_was_and_runs_nothing(string id, string cell) =>
        Assert.Equal($"date;user_id;points\r\n2025-12-21;{cell};0.5\r\n", Text(await Written(new WeeklyRow(id, new(500_000)))));

    [Theory]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    public void A_cell_that_begins_with_a_tab_or_a_return_runs_nothing_either(string cell, string written) => Assert.Equal(
        $"{written};x\r\n", Text(Encoding.UTF8.GetBytes($"\"{cell}\",x\r\n")));

    [Fact]
    public async Task A_part_may_have_many_rows_or_none()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => new WeeklyRow($"p{i:D5}", Amount.OfStk(i))).ToArray();

        Assert.Equal(5_001, Text(await Written(rows)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(SpreadsheetCsv.Rewritten(ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public void The_mark_is_that_of_UTF_8() => Assert.Equal([0xEF, 0xBB, 0xBF], SpreadsheetCsv.Mark.ToArray());

    private static string Text(byte[] csv) => Encoding.UTF8.GetString(SpreadsheetCsv.Rewritten(csv));

    private static async Task<byte[]> Written(params WeeklyRow[] rows)
    {
        using var stream = new MemoryStream();
        await WeeklyCsv.WriteHeader(stream, CancellationToken.None);
        await WeeklyCsv.WriteRows(stream, Week, rows, CancellationToken.None);
        return stream.ToArray();
    }
}

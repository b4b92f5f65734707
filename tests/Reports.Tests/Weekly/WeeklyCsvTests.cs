using System.Globalization;
using System.Text;
using CsCheck;
using Stk.Reports.Weekly;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Reports.Tests.Weekly;

public class WeeklyCsvTests
{
    private static readonly WeekId Week = WeekId.TryParse("2025-W51", out var week) ? week : default;

    [Fact]
    public async Task A_week_without_statements_is_the_header_alone() =>
        Assert.Equal("date,user_id,points\r\n", await Written());

    [Fact]
    public async Task A_row_is_the_weeks_sunday_the_id_and_the_whole_reward() =>
        Assert.Equal(
            "date,user_id,points\r\n2025-12-21,ann,1584\r\n2025-12-21,bob,0.000001\r\n",
            await Written(new("ann", Amount.OfStk(1_584)), new("bob", new(1))));

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("@SUM(A1)", "@SUM(A1)")]
    [InlineData("-7", "-7")]
    [InlineData("+7", "+7")]
    [InlineData("'x", "'x")]
    [InlineData("a;b", "a;b")]
    [InlineData("#ann", "#ann")]
    [InlineData("Анна 😀", "Анна 😀")]
    [InlineData(" ann ", " ann ")]
    public async Task An_id_is_unchanged_and_quoted_only_where_the_format_asks(string id, string written) =>
        Assert.Equal($"date,user_id,points\r\n2025-12-21,{written},5\r\n", await Written(new WeeklyRow(id, Amount.OfStk(5))));

    [Fact]
    public async Task There_is_no_byte_order_mark_and_the_stream_stays_open()
    {
        using var stream = new MemoryStream();
        await WeeklyCsv.WriteHeader(stream, CancellationToken.None);
        await WeeklyCsv.WriteRows(stream, Week, [], CancellationToken.None);
        Assert.True(stream.CanWrite);
        Assert.Equal((byte)'d', stream.ToArray()[0]);
    }

    [Fact]
    public async Task The_culture_of_the_machine_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Another calendar, and a comma for decimals elsewhere.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fa-IR");
            Assert.Equal(
                "date,user_id,points\r\n2025-12-21,ann,0.5\r\n", await Written(new WeeklyRow("ann", new(500_000))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Rows_are_written_while_others_are_still_to_come()
    {
        using var stream = new MemoryStream();
        var seen = 0L;
        IEnumerable<WeeklyRow> Many()
        {
            for (var i = 0; i < 20_000; i++)
            {
                yield return new($"participant-{i:D6}", Amount.OfStk(i));
                seen = Math.Max(seen, stream.Length);
            }
        }

        await WeeklyCsv.WriteRows(stream, Week, Many(), CancellationToken.None);
        Assert.InRange(seen, stream.Length / 2, stream.Length - 1);
    }

    [Fact]
    public async Task A_caller_that_has_gone_stops_the_writing()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            WeeklyCsv.WriteRows(new MemoryStream(), Week, [new("ann", new(1))], gone.Token));
    }

    // A reader of its own, from the grammar of RFC 4180.
    [Fact]
    public Task Every_id_is_read_back_as_it_was() =>
        Gen.Char[" ,\"=+@';ab"].Array[1, 8].Select(chars => new string(chars)).Array[1, 6].SampleAsync(async ids =>
        {
            var text = await Written([.. ids.Select((id, i) => new WeeklyRow(id, new(i + 1)))]);
            Assert.Equal(ids, Records(text).Skip(1).Select(record => record[1]));
        });

    private static async Task<string> Written(params WeeklyRow[] rows)
    {
        using var stream = new MemoryStream();
        await WeeklyCsv.WriteHeader(stream, CancellationToken.None);
        await WeeklyCsv.WriteRows(stream, Week, rows, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<List<string>> Records(string text)
    {
        var records = new List<List<string>>();
        var record = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && text[i] is ',' or '\n')
            {
                record.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (text[i] == '\n')
                {
                    records.Add(record);
                    record = [];
                }
            }
            else
            {
                field.Append(text[i]);
            }
        }

        return records;
    }
}

using System.Globalization;
using CsvHelper;
using Stk.Rules.Statements;

namespace Stk.Reports.Statements;

/// <summary>
/// A statement's lines: UTF-8 without a mark, RFC 4180 quoting, lines ended by CRLF. Machines read it: a type stands
/// unchanged, and one that begins with <c>=</c> is not disarmed for spreadsheets.
/// </summary>
public static class StatementCsv
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.None };

    private static readonly string[] Header =
        ["type", "vests_days", "received", "counted", "over_limit", "weight", "points", "reward"];

    public static byte[] Write(Statement statement)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            WriteLine(csv, Header);
            foreach (var line in statement.Activities)
            {
                WriteLine(csv,
                [
                    line.Type, Whole(line.VestsDays), Whole(line.Received), Whole(line.Counted), Whole(line.OverLimit),
                    Whole(line.Weight), Whole(line.Points), line.Reward.ToString(),
                ]);
            }

            csv.Flush();
        }

        return bytes.ToArray();
    }

    private static void WriteLine(CsvWriter csv, string[] fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}

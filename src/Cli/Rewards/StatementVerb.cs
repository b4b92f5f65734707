using System.CommandLine;
using System.Text.Json;
using Stk.Cli.Api;
using Stk.Cli.Endings;

namespace Stk.Cli.Rewards;

/// <summary>The verb <c>statement</c>.</summary>
internal static class StatementVerb
{
    public static Command Make(ApiVerbs verbs)
    {
        var week = Values.Week();
        var participant = Values.Participant();
        var pdf = new Option<string?>("--pdf")
        {
            Description = "Save it as a PDF in this file, for its owner's eyes alone, whole or not at all.",
        };
        var proof = new Option<string?>("--proof")
        {
            Description = "Save what shows that it stands under its week's published root; docs/verify-statement.py checks it.",
        };
        var language = new Option<string?>("--lang") { Description = "ru or en, of the PDF." };
        language.AcceptOnlyFromAmong("ru", "en");
        var revision = new Option<int?>("--revision")
        {
            Description = "1 for the statement as it was first (default: the last, with what has corrected it).",
        };
        return verbs.Reading(
            "statement", "What a week gave, line by line, beside the week before, with advice.", ApiVerbs.Participant,
            [week, participant, pdf, proof, language, revision], async call =>
            {
                if (call.Value(proof) is { } proofFile)
                {
                    await Save(
                        call, proofFile,
                        await call.Client.Rewards.GetProof(call.Value(week), call.Value(participant), call.Cancellation));
                }

                if (call.Value(pdf) is { } file)
                {
                    await Save(
                        call, file,
                        await call.Client.Rewards.GetPdf(
                            call.Value(week), call.Value(language), call.Value(participant), call.Value(revision),
                            call.Cancellation));
                }

                if (call.Value(proof) is null && call.Value(pdf) is null)
                {
                    await call.Show(
                        await call.Client.Rewards.GetReport(
                            call.Value(week), call.Value(participant), call.Value(revision), call.Cancellation), Lines);
                }
            });
    }

    private static async Task Save(ApiCall call, string file, byte[] document)
    {
        PrivateFile.Replace(file, document);
        await call.Show(new { file, bytes = document.Length }, saved => new Table("").Add($"saved in {saved.file}"));
    }

    private static Table Lines(JsonElement report)
    {
        var statement = report.GetProperty("statement");
        var table = Table.Of(
            ["activity", ">received", ">counted", ">weight", ">points", ">reward", ">frozen days"],
            statement.GetProperty("activities").EnumerateArray(), line =>
            [
                Text(line, "type"), Text(line, "received"), Text(line, "counted"), Text(line, "weight"),
                Text(line, "points"), Text(line, "reward"), Text(line, "vestsDays") is var days && days == "0" ? "" : days,
            ]);
        table.Add("total", "", "", "", Text(statement, "points"), Text(statement, "reward"), "");
        if (report.TryGetProperty("corrections", out var corrections))
        {
            foreach (var one in corrections.EnumerateArray())
            {
                table.Add($"corrected: {Text(one, "reason")}", "", "", "", "", Text(one, "amount"), "");
            }
        }

        if (report.GetProperty("before") is { ValueKind: JsonValueKind.Object } before)
        {
            table.Add(
                $"week before ({Text(before, "week")})", "", "", "", Text(before, "points"), Text(before, "reward"), "");
        }

        foreach (var advice in report.GetProperty("advice").EnumerateArray())
        {
            table.Add(Advice(advice), "", "", "", "", Worth(advice), "");
        }

        return table;
    }

    private static string Advice(JsonElement advice) => Text(advice, "kind") switch
    {
        "limit" => $"advice: {Text(advice, "unused")} more of {Text(advice, "type")}",
        "streak" => $"advice: a week {Text(advice, "weeks")} in a row",
        "keep-streak" => $"advice: keep the row of {Text(advice, "weeks")} weeks",
        "level" => $"advice: level {Text(advice, "level")}",
        var other => $"advice: {other}",
    };

    private static string Worth(JsonElement advice) =>
        advice.TryGetProperty("brings", out var brings) ? $"+{brings.GetString()}" : $"-{Text(advice, "costs")}";

    private static string Text(JsonElement from, string member) => from.GetProperty(member).ToString();
}

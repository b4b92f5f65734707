using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Stk.Solana.Tests.CrossChecks;

/// <summary>Our bytes beside those of <c>@solana/kit</c> and the program clients, which define them.</summary>
public class KitTests(ITestOutputHelper output)
{
    private const int LiveCases = 5_000;
    private const int RecordedCases = 1_000;

    /// <summary>
    /// The same cases again: <c>STK_CROSSCHECK_SEED=123</c>. With <c>STK_CROSSCHECK_RECORD=file</c> the first thousand
    /// are written down with kit's answers, for the test that needs no Node.
    /// </summary>
    [Fact]
    public async Task Five_thousand_cases_have_the_same_bytes_in_both_libraries()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STK_CROSSCHECK_SEED"), out var given)
            ? given
            : Random.Shared.Next();
        output.WriteLine($"STK_CROSSCHECK_SEED={seed}");
        await using var node = await NodeProgram.Start(CancellationToken.None);
        var cases = new CrossCases(seed).Take(LiveCases).ToList();

        // Kit reads our transactions, and writes its own: the one we compare with ours.
        var questions = cases.ConvertAll(one =>
        {
            var question = one.ToJson();
            if (one.Kind == "message")
            {
                question["in"]!["ours"] = OurAnswers.To(one.Kind, one.Input)["transaction"]!.DeepClone();
            }

            return question;
        });
        var recorded = new List<string>();
        var place = 0;
        await foreach (var answer in node.Ask(questions))
        {
            var one = cases[place++];
            Assert.True(answer["error"] is null, $"Seed {seed}, case {one.Id}: kit refused {one.Input}: {answer["error"]}");
            Same($"Seed {seed}, case {one.Id}", one.Kind, one.Input, answer["out"]!);
            var record = one.ToJson();
            record["out"] = answer["out"]!.DeepClone();
            recorded.Add(record.ToJsonString());
        }

        Assert.Equal(LiveCases, place);
        if (Environment.GetEnvironmentVariable("STK_CROSSCHECK_RECORD") is { Length: > 0 } file)
        {
            await File.WriteAllLinesAsync(file, recorded.Take(RecordedCases));
        }
    }

    [Fact]
    public void A_thousand_recorded_cases_have_the_bytes_that_kit_made()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Recorded", "kit-cases.jsonl"));
        Assert.Equal(RecordedCases, lines.Length);
        foreach (var line in lines)
        {
            var recorded = JsonNode.Parse(line)!.AsObject();
            Same($"Recorded case {recorded["id"]}", recorded["kind"]!.ToString(), recorded["in"]!.AsObject(), recorded["out"]!);
        }
    }

    private static void Same(string where, string kind, JsonObject input, JsonNode expected)
    {
        var ours = OurAnswers.To(kind, input);
        Assert.True(
            JsonNode.DeepEquals(ours, expected),
            $"{where}, {kind}:\n{input.ToJsonString()}\nkit:  {expected.ToJsonString()}\nours: {ours.ToJsonString()}");
    }
}

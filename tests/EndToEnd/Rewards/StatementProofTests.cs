using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stk.EndToEnd.Rewards;

/// <summary>A stranger checks a statement that its owner shows them, by the script in <c>docs</c>.</summary>
[Collection(ClubCollection.Name)]
public sealed class StatementProofTests(ClubEconomy club)
{
    private const int Proved = 0, NotProved = 1, NoProof = 2;

    [Fact]
    public async Task A_statement_proves_itself_however_its_file_was_formatted_and_nothing_else_does()
    {
        var ann = await club.Economy.Participant("ann");
        var answer = (await ann.Get($"rewards/weekly/proof?week={ClubEconomy.LastWeek}")).Text;
        var root = JsonNode.Parse(answer)!["root"]!.GetValue<string>();

        var (code, output) = await Check(answer);
        Assert.Equal(Proved, code);
        Assert.Contains("ann earned 1584 STK", output, StringComparison.Ordinal);
        Assert.Contains(root, output, StringComparison.Ordinal);
        var indented = JsonNode.Parse(answer)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        Assert.Equal(Proved, (await Check(indented)).Code);

        Assert.Equal(NotProved, (await Check(Changed(proof => proof["statement"]!["reward"] = "1585"))).Code);
        Assert.Equal(NotProved, (await Check(Changed(proof => proof["statement"]!["participant"] = "eve"))).Code);
        Assert.Equal(NotProved, (await Check(Changed(proof => proof["salt"] = new string('0', 32)))).Code);
        Assert.Equal(NotProved, (await Check(Changed(proof => proof["path"]!.AsArray().RemoveAt(0)))).Code);
        Assert.Equal(NoProof, (await Check(Changed(proof => proof["path"]![0]!["side"] = "up"))).Code);
        Assert.Equal(NoProof, (await Check(Changed(proof => proof.AsObject().Remove("root")))).Code);
        Assert.Equal(NoProof, (await Check(answer[..^1])).Code);

        string Changed(Action<JsonNode> change)
        {
            var proof = JsonNode.Parse(answer)!;
            change(proof);
            return proof.ToJsonString();
        }
    }

    private static async Task<(int Code, string Output)> Check(string proof)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, proof);
            using var check = StkRun.Start(
                "python3", [Path.Combine(Repository.Root, "docs", "verify-statement.py"), file],
                new Dictionary<string, string?>());
            var end = await check.End();
            return (end.Code, Encoding.UTF8.GetString(end.Output) + end.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

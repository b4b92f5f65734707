using System.Globalization;
using System.Text.RegularExpressions;

namespace Stk.EndToEnd.Replays;

[Collection(TwinCollection.Name)]
public sealed partial class ReplayTests(TwinEconomies twins)
{
    private Economy Economy => twins.Undisturbed;

    [Fact]
    public async Task The_table_says_what_the_economy_holds()
    {
        // The table ends with the head; below it is what verify says.
        var table = twins.Replayed.Lines.TakeWhile(line => !line.StartsWith("ledger head ", StringComparison.Ordinal))
            .Select(line => TableRow().Match(line)).Where(row => row.Success)
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        var held = (await Economy.Psql("SELECT outcome, count(*) FROM activity.events GROUP BY 1")).Split('\n')
            .Select(row => row.Split('|')).ToDictionary(row => row[0], row => row[1]);

        Assert.Equal("19", table["weeks"]);
        Assert.Equal(held["4"], table["events late"]);
        Assert.Equal((held["1"], held["2"], held["5"], held["6"]), (Plain(table["events counted"]),
            Plain(table["events over limit"]), Plain(table["events ignored"]), Plain(table["events applied"])));
        Assert.Equal(twins.Lines.Count, held.Values.Sum(count => int.Parse(count, CultureInfo.InvariantCulture)));
        Assert.Equal(("0", "0"), (table["duplicates in this replay"], table["rejected in this replay"]));
        Assert.EndsWith(" STK", table["paid"], StringComparison.Ordinal);
        Assert.Contains("The ledger adds up", twins.Replayed.Text, StringComparison.Ordinal);
        Assert.Contains("2025-W19 closed: 19 of 19 weeks", twins.Replayed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_week_is_settled_and_exportable()
    {
        var week = (await (await Economy.Operator()).Get("admin/weeks/2025-W19")).Json;

        Assert.Equal(("settle", week.GetProperty("total").GetString()),
            (week.GetProperty("done").GetString(), week.GetProperty("paid").GetString()));
        Assert.Equal(week.GetProperty("shards").GetInt32(), week.GetProperty("shardsDone").GetInt32());
        Assert.Equal(0, int.Parse(await Economy.Psql(
            "SELECT count(*) FROM ledger.accounts WHERE kind = 4 AND balance_micro <> 0"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_file_sent_again_is_all_duplicates_and_changes_nothing()
    {
        var before = await Economics.Of(Economy);

        var answer = await (await Economy.Source("replay")).SendText("events", $"[{string.Join(',', twins.Lines)}]");

        Assert.All(ApiClient.Outcomes(answer), outcome => Assert.Equal("duplicate", outcome));
        Assert.Equal(before, await Economics.Of(Economy));
    }

    [Fact]
    public async Task A_replay_that_has_ended_sends_nothing_when_it_is_started_again()
    {
        var again = (await Economy.Stk("replay", twins.PlainFile)).Done();

        Assert.Contains("nothing is left to send", again.Error, StringComparison.Ordinal);
        Assert.Equal(twins.Replayed.Lines, again.Lines);
    }

    [Fact]
    public async Task A_file_older_than_the_economy_is_refused_naming_the_home()
    {
        using var files = new ReplayFile();
        var before = await Economics.Of(Economy);

        var refused = await Economy.Stk("replay", files.Plain("other.jsonl", twins.Lines.Skip(1)));

        Assert.Equal(1, refused.Code);
        Assert.Contains("STK_HOME", refused.Error, StringComparison.Ordinal);
        Assert.Contains(Economy.Home, refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await Economics.Of(Economy));
    }

    [Theory, InlineData("no such file"), InlineData("Stk.sln"), InlineData("src")]
    public async Task A_file_that_is_none_is_refused(string file) =>
        Assert.Contains(file == "Stk.sln" ? "Stk.sln:2 is cut off, or is no JSON" : file, (await Economy.Stk("replay", file)).Sentence(), StringComparison.Ordinal);

    private static string Plain(string number) => number.Replace(",", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\S.*?) {2,}(\S.*)$")]
    private static partial Regex TableRow();
}

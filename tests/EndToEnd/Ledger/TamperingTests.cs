namespace Stk.EndToEnd.Ledger;

/// <summary>A row changed behind the program's back is named; what is changed here is put back.</summary>
[Collection(ClubCollection.Name)]
public sealed class TamperingTests(ClubEconomy club)
{
    private Economy Economy => club.Economy;

    [Fact]
    public async Task A_ledger_that_nobody_touched_adds_up_and_still_has_an_earlier_head()
    {
        var verified = (await Economy.Stk("verify")).Done();

        Assert.Contains("The ledger adds up", verified.Text, StringComparison.Ordinal);
        Assert.Matches("^head [0-9]+:[0-9a-f]{64}$", verified.Lines[^1]);
        Assert.NotEqual(club.EarlierHead, verified.Lines[^1]);
        (await Economy.Stk("verify", "--head", club.EarlierHead["head ".Length..])).Done();
    }

    [Fact]
    public async Task A_head_that_never_was_is_refused()
    {
        var sequence = club.EarlierHead["head ".Length..].Split(':')[0];

        var refused = await Economy.Stk("verify", "--head", $"{sequence}:{new string('a', 64)}");

        Assert.Equal(1, refused.Code);
        Assert.Contains("does not fit", refused.Error, StringComparison.Ordinal);
        Assert.Contains(sequence, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_posting_is_named_by_verify()
    {
        var row = (await Economy.Psql("SELECT sequence, position, line FROM ledger.postings ORDER BY 1 DESC, 2, 3 LIMIT 1")).Split('|');
        await ChangePosting(row, 1);
        try
        {
            var verified = await Economy.Stk("verify");

            Assert.Equal(1, verified.Code);
            Assert.Contains(
                verified.Error.Split('\n'), line => row.All(part => line.Contains(part, StringComparison.Ordinal)));
        }
        finally
        {
            await ChangePosting(row, -1);
        }

        (await Economy.Stk("verify")).Done();
    }

    [Fact]
    public async Task A_changed_statement_is_named_by_recompute()
    {
        const string OfAnn = $"week = 202551 AND participant = (SELECT number FROM activity.participants WHERE id = 'ann')";
        await Economy.Psql($"UPDATE weeks.statements SET reward_micro = reward_micro + 1, available_micro = available_micro + 1 WHERE {OfAnn}");
        try
        {
            var recomputed = await Economy.Stk("recompute", ClubEconomy.LastWeek);

            Assert.Equal(1, recomputed.Code);
            Assert.Contains("weeks.statements", recomputed.Error, StringComparison.Ordinal);
            Assert.Contains("2025-W51", recomputed.Error, StringComparison.Ordinal);
        }
        finally
        {
            await Economy.Psql($"UPDATE weeks.statements SET reward_micro = reward_micro - 1, available_micro = available_micro - 1 WHERE {OfAnn}");
        }

        (await Economy.Stk("recompute", ClubEconomy.LastWeek)).Done();
    }

    [Fact]
    public async Task A_week_that_is_not_closed_cannot_be_recomputed() =>
        Assert.Contains("2026-W10", (await Economy.Stk("recompute", "2026-W10")).Sentence(), StringComparison.Ordinal);

    private Task<string> ChangePosting(string[] row, int byMicro) => Economy.Psql(
        $"UPDATE ledger.postings SET amount_micro = amount_micro + {byMicro} WHERE (sequence, position, line) = ({string.Join(',', row)})");
}

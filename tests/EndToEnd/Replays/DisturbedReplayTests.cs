using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Stk.EndToEnd.Replays;

[Collection(TwinCollection.Name)]
public sealed class DisturbedReplayTests(TwinEconomies twins)
{
    private Economy Economy => twins.Disturbed;

    [Fact]
    public async Task A_replay_interrupted_and_its_silos_killed_in_a_weekly_run_end_as_if_nothing_had_been()
    {
        await using var database = await Economy.Database();
        // A transaction sees who waits as of its first look: another connection looks.
        await using var observer = await Economy.Database();
        await using (var stalled = await StallSettlement(database, 202503))
        {
            using (var replay = Economy.Start("replay", twins.PlainFile))
            {
                await SettlementWaits(observer, database.ProcessID);
                await Interrupt(replay);
                var interrupted = await replay.End();
                Assert.Equal(130, interrupted.Code);
                Assert.Contains("2025-W02 closed", interrupted.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("2025-W03 closed", interrupted.Error, StringComparison.Ordinal);
            }

            using var again = Economy.Start("replay", twins.PlainFile);
            await Eventually.True(() => again.Error.Contains("Goes on at 2025-W03", StringComparison.Ordinal), "the replay goes on");
            await SettlementWaits(observer, database.ProcessID);
            await Economy.Kill("silo-1");
            await Economy.Kill("silo-2");
            await stalled.RollbackAsync();
            (await Economy.Stk("up")).Done();
            // The quarter's run comes in the week after.
            await Eventually.True(() => again.Error.Contains("2025-W14 closed", StringComparison.Ordinal), "the quarter's run is next");
            await Economy.Kill("silo-1");
            await Economy.Kill("silo-2");
            (await Economy.Stk("up")).Done();

            var ended = (await again.End()).Done();
            // The head is of the order of commits, which two silos do not share with one.
            Assert.Equal(
                twins.Replayed.Lines.Where(line => line.EndsWith("STK", StringComparison.Ordinal)),
                ended.Lines.Where(line => line.EndsWith("STK", StringComparison.Ordinal)));
            Assert.Contains("The ledger adds up", ended.Text, StringComparison.Ordinal);
        }

        var expected = await Economics.Of(twins.Undisturbed);
        var actual = await Economics.Of(Economy);
        Assert.NotEmpty(expected.Grants);
        foreach (var met in new[] { ",charged", "PeerReviewCompleted,30", "ProjectMilestoneCompleted", "2025-W18,year-" })
        {
            Assert.Contains(met, expected.Exports, StringComparison.Ordinal);
        }

        Assert.Equal(expected.Exports, actual.Exports);
        Assert.Equal(expected.Statements, actual.Statements);
        Assert.Equal(expected.Postings, actual.Postings);
        Assert.Equal(expected, actual);
        (await Economy.Stk("recompute", "2025-W03")).Done();
    }

    // Whoever settles must wait for these rows, which are never committed: its transaction is half done until then.
    private static async Task<NpgsqlTransaction> StallSettlement(NpgsqlConnection database, int week)
    {
        var transaction = await database.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO weeks.settlements (week, shard, part, transaction_id, participants, available_micro, frozen_micro)
            SELECT $1, shard, 0, gen_random_uuid(), 1, 1, 0 FROM generate_series(0, 63) shard
            """, database)
        {
            Parameters = { new() { Value = week } },
        };
        await command.ExecuteNonQueryAsync();
        return transaction;
    }

    private static Task SettlementWaits(NpgsqlConnection observer, int forBackend) => Eventually.True(
        async () =>
        {
            await using var command = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", observer)
            {
                Parameters = { new() { Value = forBackend } },
            };
            return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0;
        },
        "the settlement of the second week is under way");

    // As a terminal does, but to the replay alone.
    private static async Task Interrupt(StkRun replay)
    {
        using var pgrep = StkRun.Start(
            "pgrep", ["-P", replay.ProcessId.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string?>());
        var children = (await pgrep.End()).Done().Lines;
        using var kill = Process.Start("kill", ["-INT", .. children]);
        await kill.WaitForExitAsync();
    }
}

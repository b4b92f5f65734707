using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Grains.Notices;
using Stk.Rules.Participants;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>
/// Tells everybody who has a statement of a week. Begun again after a death at any point, here or elsewhere at once, it
/// tells nobody twice. Table <c>notices.weeks</c>: all SQL that touches it is here.
/// </summary>
internal sealed class WeekNotices(
    NpgsqlDataSource database, StatementTable statements, NoticeTable notices, IClock clock, ILogger<WeekNotices> log)
{
    /// <summary>Shards under way at once.</summary>
    private const int AtOnce = 4;

    private const string LastSql = "SELECT max(week) FROM notices.weeks";

    // What is told already is not skipped.
    private const string SkipSql = "INSERT INTO notices.weeks (week, at, people) VALUES ($1, $2, 0)";

    private const string DoneSql =
        "INSERT INTO notices.weeks (week, at, people) VALUES ($1, $2, $3) ON CONFLICT (week) DO NOTHING";

    /// <summary>The last week of which people were told; null where there is none.</summary>
    public async Task<WeekId?> ReadLast(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql);
        return await command.ExecuteScalarAsync(cancellation) is int week ? WeekId.OfNumber(week) : null;
    }

    /// <summary>The command that makes a week done without telling anybody. It fails where it is done.</summary>
    public static NpgsqlBatchCommand Skip(WeekId week, DateTimeOffset now) =>
        new NpgsqlBatchCommand(SkipSql).With(week.Number).With(now.UtcDateTime);

    /// <param name="week">Settled.</param>
    public async Task Run(WeekId week)
    {
        var at = clock.Now.InWholeMicroseconds();
        using var room = new SemaphoreSlim(AtOnce);
        var told = await Task.WhenAll(Enumerable.Range(0, ParticipantId.Shards).Select(async shard =>
        {
            await room.WaitAsync();
            try
            {
                return await Tell(week, shard, at);
            }
            finally
            {
                room.Release();
            }
        }));
        var people = told.Sum();
        FaultPoints.Reach("notices.before-week-done");
        await using var command = database.CreateCommand(DoneSql).With(week.Number).With(at.UtcDateTime).With(people);
        await command.ExecuteNonQueryAsync();
        Log.WeekTold(log, week, people);
    }

    private async Task<int> Tell(WeekId week, int shard, DateTimeOffset at)
    {
        var rewards = await statements.ReadRewardsOf(week, shard, CancellationToken.None);
        if (rewards.Length > 0)
        {
            await notices.InsertNew(
                [.. rewards.Select(one => WeeklyNotice.Of(week, one.Participant, one.Reward, one.Points))], at,
                CancellationToken.None);
            FaultPoints.Reach("notices.between-shards");
        }

        return rewards.Length;
    }
}

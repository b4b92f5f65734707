using System.Globalization;
using Npgsql;
using Stk.Rules.Weeks;

namespace Stk.Torture.Breaking;

/// <summary>Where a weekly run stands, as the database says it at that moment.</summary>
internal sealed class StageReader(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT seal_hash IS NOT NULL, reserved_micro IS NOT NULL, scored_at IS NOT NULL, reported_at IS NOT NULL,
            settled_at IS NOT NULL
        FROM weeks.runs WHERE week = $1
        """;

    /// <summary>The stage in words; null where the week's run is over, or the database does not answer.</summary>
    public async Task<string?> Read(WeekId week)
    {
        try
        {
            await using var command = database.CreateCommand(ReadSql);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = week.Number });
            await using var row = await command.ExecuteReaderAsync();
            if (!await row.ReadAsync())
            {
                return Of("seal", week);
            }

            string[] next = ["aggregate", "reserve", "score", "report", "settle"];
            for (var stage = 0; stage < next.Length; stage++)
            {
                if (!row.GetBoolean(stage))
                {
                    return Of(next[stage], week);
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return null;
        }
    }

    private static string Of(string stage, WeekId week) =>
        string.Create(CultureInfo.InvariantCulture, $"{stage} of {week}");
}

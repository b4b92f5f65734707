using System.Text.Json;
using Stk.Client.Connections;
using Stk.Rules.Weeks;

namespace Stk.Client.Rewards;

/// <summary>What the weeks gave a participant.</summary>
public sealed class RewardCalls
{
    private readonly ApiConnection _connection;

    internal RewardCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Newest first.</summary>
    public IAsyncEnumerable<Reward> List(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Pages<Reward>(ApiConnection.Path("rewards", ("participant", participant)), cancellation);

    /// <summary>The statement of one week, as it is stored.</summary>
    public Task<JsonElement> GetStatement(
        WeekId week, string? participant = null, CancellationToken cancellation = default) =>
        _connection.Get<JsonElement>(
            ApiConnection.Path("rewards/weekly", ("week", week.ToString()), ("participant", participant)), cancellation);
}

using System.Globalization;
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
    /// <param name="revision">1 for the first; null for the last.</param>
    public Task<JsonElement> GetStatement(
        WeekId week, string? participant = null, int? revision = null, CancellationToken cancellation = default) =>
        _connection.Get<JsonElement>(
            ApiConnection.Path(
                "rewards/weekly", ("week", week.ToString()), ("participant", participant), ("revision", Text(revision))),
            cancellation);

    /// <summary>The statement of one week explained: the week before, eight weeks, advice.</summary>
    /// <inheritdoc cref="GetStatement" path="/param"/>
    public Task<JsonElement> GetReport(
        WeekId week, string? participant = null, int? revision = null, CancellationToken cancellation = default) =>
        _connection.Get<JsonElement>(
            ApiConnection.Path(
                "rewards/weekly/report", ("week", week.ToString()), ("participant", participant),
                ("revision", Text(revision))),
            cancellation);

    /// <summary>
    /// What shows that a statement stands under its week's root, as JSON for <c>docs/verify-statement.py</c>.
    /// </summary>
    public async Task<byte[]> GetProof(
        WeekId week, string? participant = null, CancellationToken cancellation = default)
    {
        using var response = await _connection.Open(
            ApiConnection.Path("rewards/weekly/proof", ("week", week.ToString()), ("participant", participant)),
            "application/json", null, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <summary>The statement of one week as a PDF.</summary>
    /// <param name="language">ru or en; null for the participant's own.</param>
    /// <inheritdoc cref="GetStatement" path="/param"/>
    public async Task<byte[]> GetPdf(
        WeekId week, string? language = null, string? participant = null, int? revision = null,
        CancellationToken cancellation = default)
    {
        using var response = await _connection.Open(
            ApiConnection.Path(
                "rewards/weekly", ("week", week.ToString()), ("lang", language), ("participant", participant),
                ("revision", Text(revision))),
            "application/pdf", null, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}

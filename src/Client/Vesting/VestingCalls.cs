using System.Globalization;
using Stk.Client.Connections;

namespace Stk.Client.Vesting;

/// <summary>Frozen rewards: one's own, and an operator's view of everybody's.</summary>
public sealed class VestingCalls
{
    private readonly ApiConnection _connection;

    internal VestingCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Those that unlock last come first.</summary>
    public IAsyncEnumerable<FrozenReward> List(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Pages<FrozenReward>(ApiConnection.Path("vesting", ("participant", participant)), cancellation);

    /// <summary>Everybody's.</summary>
    /// <param name="state">frozen, waiting, released or cancelled.</param>
    public IAsyncEnumerable<FrozenReward> ListAll(string state, CancellationToken cancellation = default) =>
        _connection.Pages<FrozenReward>(ApiConnection.Path("admin/vesting", ("state", state)), cancellation);

    /// <summary>For good; or it waits for a second operator.</summary>
    /// <param name="verdict">release or cancel.</param>
    public Task<VestingAnswer> Decide(
        string id, string verdict, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<VestingAnswer>(
            HttpMethod.Post, $"admin/vesting/{Uri.EscapeDataString(id)}/decision", new { verdict, reason }, key, cancellation);

    /// <summary>Copies what was decided in these days, both included, as CSV.</summary>
    /// <exception cref="HttpIOException">The answer ended early.</exception>
    public async Task Export(DateOnly from, DateOnly to, Stream target, CancellationToken cancellation = default)
    {
        var path = ApiConnection.Path("admin/vesting/export.csv", ("from", Text(from)), ("to", Text(to)));
        using var response = await _connection.Open(path, "text/csv", null, cancellation);
        await response.Content.CopyToAsync(target, cancellation);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

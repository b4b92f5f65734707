using Stk.Client.Connections;
using Stk.Rules.Quarters;

namespace Stk.Client.Inactivity;

/// <summary>Redistribution from the inactive.</summary>
public sealed class RedistributionCalls
{
    private const string Csv = "text/csv";

    private readonly ApiConnection _connection;

    internal RedistributionCalls(ApiConnection connection) => _connection = connection;

    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public Task<Redistribution> Get(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Get<Redistribution>(
            ApiConnection.Path("redistribution", ("participant", participant)), cancellation);

    /// <summary>Says that nothing should be taken, or that it should be given back.</summary>
    public Task<AppealReceipt> Appeal(
        QuarterId quarter, string text, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<AppealReceipt>(
            HttpMethod.Post, $"redistribution/{quarter}/appeal", new { text }, key, cancellation);

    /// <summary>An operator's: what a quarter has taken.</summary>
    /// <param name="isPreview">Before it is done, what it would do now.</param>
    public Task<QuarterReport> Report(
        QuarterId quarter, bool isPreview = false, CancellationToken cancellation = default) =>
        _connection.Get<QuarterReport>(
            Path($"admin/quarters/{quarter}/redistribution", isPreview), cancellation);

    /// <summary>An operator's: the same by participant, as CSV.</summary>
    public Task<string> Lines(QuarterId quarter, bool isPreview = false, CancellationToken cancellation = default) =>
        Text(Path($"admin/quarters/{quarter}/redistribution.csv", isPreview), cancellation);

    /// <summary>An operator's: what was given back to those who returned, as CSV.</summary>
    public Task<string> Restorations(QuarterId quarter, CancellationToken cancellation = default) =>
        Text($"admin/quarters/{quarter}/restorations.csv", cancellation);

    /// <summary>An operator's: appeals, newest first.</summary>
    /// <param name="state">open, accepted or rejected; null for all.</param>
    public IAsyncEnumerable<Appeal> Appeals(string? state = null, CancellationToken cancellation = default) =>
        _connection.Pages<Appeal>(ApiConnection.Path("admin/appeals", ("state", state)), cancellation);

    /// <summary>An operator's last word on an appeal; or it waits for a second operator.</summary>
    public Task<AppealAnswer> Decide(
        Guid appeal, bool accepted, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<AppealAnswer>(
            HttpMethod.Post, $"admin/appeals/{appeal}/decision", new { accepted, reason }, key, cancellation);

    private static string Path(string path, bool isPreview) =>
        ApiConnection.Path(path, ("preview", isPreview ? "true" : null));

    private async Task<string> Text(string path, CancellationToken cancellation)
    {
        using var response = await _connection.Open(path, Csv, null, cancellation);
        return await response.Content.ReadAsStringAsync(cancellation);
    }
}

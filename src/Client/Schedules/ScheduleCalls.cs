using System.Globalization;
using Stk.Client.Connections;

namespace Stk.Client.Schedules;

/// <summary>Due work, for operators and auditors.</summary>
public sealed class ScheduleCalls
{
    private readonly ApiConnection _connection;

    internal ScheduleCalls(ApiConnection connection) => _connection = connection;

    /// <param name="limit">Most of what was done; null: as the API has it.</param>
    /// <param name="cursor">As the page before gave it; null for the newest.</param>
    public Task<Schedule> Get(int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _connection.Get<Schedule>(
            ApiConnection.Path(
                "admin/schedule", ("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor)),
            cancellation);

    /// <summary>An operator's: tries again what is due.</summary>
    public Task<ComingWork> Run(
        string kind, string subject, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ComingWork>(HttpMethod.Post, "admin/schedule/run", new { kind, subject }, key, cancellation);

    /// <summary>An operator's: skips it for good.</summary>
    public Task<ComingWork> Skip(
        string kind, string subject, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ComingWork>(
            HttpMethod.Post, "admin/schedule/skip", new { kind, subject, reason }, key, cancellation);
}

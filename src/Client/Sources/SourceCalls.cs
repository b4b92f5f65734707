using System.Collections.Immutable;
using System.Text.Json;
using Stk.Client.Approvals;
using Stk.Client.Connections;
using Stk.Rules.Weeks;

namespace Stk.Client.Sources;

/// <summary>Sources of events: their watermarks and their settings. An operator's.</summary>
public sealed class SourceCalls
{
    private readonly ApiConnection _connection;

    internal SourceCalls(ApiConnection connection) => _connection = connection;

    /// <summary>All of them, by name.</summary>
    public async Task<ImmutableArray<Source>> List(CancellationToken cancellation = default) =>
        (await _connection.Get<SourceList>("admin/sources", cancellation)).Items;

    public Task<Source> Get(string name, CancellationToken cancellation = default) =>
        _connection.Get<Source>($"admin/sources/{ApiConnection.Part(name)}", cancellation);

    /// <summary>Sets what a body says: the watermark, the settings or both.</summary>
    /// <param name="body">As the API takes it.</param>
    public Task<Source> Put(
        string name, JsonElement body, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Source>(
            HttpMethod.Put, $"admin/sources/{ApiConnection.Part(name)}", body, key, cancellation);

    /// <summary>A source's own: takes in rows that its system has exported. Sent again it is harmless.</summary>
    /// <param name="lines">One row of JSON a line, in UTF-8; at most 50,000 lines and 32 MiB.</param>
    public Task<ImportedLines> Import(
        string name, ReadOnlyMemory<byte> lines, CancellationToken cancellation = default) =>
        _connection.Write<ImportedLines>(
            HttpMethod.Post, $"sources/{ApiConnection.Part(name)}/import", lines, null, cancellation,
            mediaType: "application/x-ndjson");

    /// <summary>What was not taken in, newest first.</summary>
    /// <param name="reason">Null for all.</param>
    public IAsyncEnumerable<QuarantinedEvent> Quarantine(
        string name, string? reason = null, CancellationToken cancellation = default) =>
        _connection.Pages<QuarantinedEvent>(
            ApiConnection.Path($"admin/sources/{ApiConnection.Part(name)}/quarantine", ("reason", reason)), cancellation);

    /// <summary>Sends some through intake as if they came now.</summary>
    /// <param name="ids">Null where all of a reason are meant.</param>
    public Task<ReplayedEvents> Replay(
        string name, IReadOnlyList<Guid>? ids, string? reason, string why, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<ReplayedEvents>(
            HttpMethod.Post, $"admin/sources/{ApiConnection.Part(name)}/quarantine/replay", new { ids, reason, why }, key,
            cancellation);

    /// <summary>Lets some go for ever.</summary>
    /// <param name="ids">Null where all of a reason are meant.</param>
    public Task<DroppedEvents> Drop(
        string name, IReadOnlyList<Guid>? ids, string? reason, string why, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<DroppedEvents>(
            HttpMethod.Delete, $"admin/sources/{ApiConnection.Part(name)}/quarantine", new { ids, reason, why }, key,
            cancellation);

    /// <summary>What counts as if it had never been sent, newest first.</summary>
    public async Task<ImmutableArray<SourceVoid>> Voids(string name, CancellationToken cancellation = default) =>
        (await _connection.Get<SourceVoidList>($"admin/sources/{ApiConnection.Part(name)}/voids", cancellation)).Items;

    /// <summary>Asks that events received in a time count as if never sent: it waits for a second operator.</summary>
    /// <param name="receivedTo">Not in it.</param>
    /// <param name="types">Null: all.</param>
    public Task<Approval> Void(
        string name, DateTimeOffset receivedFrom, DateTimeOffset receivedTo, IReadOnlyList<string>? types, string reason,
        string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, $"admin/sources/{ApiConnection.Part(name)}/void",
            new { receivedFrom, receivedTo, types, reason }, key, cancellation);

    /// <summary>Has the source asked as soon as a silo can.</summary>
    /// <param name="reason">Null where nobody says.</param>
    public Task<PullAsked> Pull(
        string name, string? reason = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<PullAsked>(
            HttpMethod.Post, $"admin/sources/{ApiConnection.Part(name)}/pull", new { reason }, key, cancellation);

    /// <summary>Stretches of the past that it was asked for, newest first.</summary>
    public async Task<ImmutableArray<Backfill>> Backfills(string name, CancellationToken cancellation = default) =>
        (await _connection.Get<BackfillList>($"admin/sources/{ApiConnection.Part(name)}/backfills", cancellation)).Items;

    /// <summary>Has a stretch of the past read, behind whatever is new.</summary>
    /// <param name="to">Not in it.</param>
    public Task<Backfill> Backfill(
        string name, DateTimeOffset from, DateTimeOffset to, string? reason = null, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<Backfill>(
            HttpMethod.Post, $"admin/sources/{ApiConnection.Part(name)}/backfill", new { from, to, reason }, key,
            cancellation);

    /// <summary>Weeks that were held against what is stored, newest first.</summary>
    public async Task<ImmutableArray<WeekCheck>> WeekChecks(string name, CancellationToken cancellation = default) =>
        (await _connection.Get<WeekCheckList>(
            $"admin/sources/{ApiConnection.Part(name)}/reconciliations", cancellation)).Items;

    /// <summary>Has an open week held against what the source has of it.</summary>
    public Task<WeekCheck> Reconcile(
        string name, WeekId week, string? reason = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<WeekCheck>(
            HttpMethod.Post, $"admin/sources/{ApiConnection.Part(name)}/reconcile",
            new { week = week.ToString(), reason }, key, cancellation);

    /// <summary>Asks that they count again where no week is sealed: it waits for a second operator.</summary>
    public Task<Approval> LiftVoid(
        string name, Guid id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, $"admin/sources/{ApiConnection.Part(name)}/voids/{id}/lift", new { reason }, key, cancellation);
}

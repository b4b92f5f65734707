using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Stk.Channels.Webhooks;
using Stk.Testing;
using Stk.Testing.Channels;
using Stk.Torture.Checks;

namespace Stk.Torture.Workloads;

/// <summary>
/// What people are told of goes to webhooks of this machine, beside the load: a receiver that keeps ids must have
/// everything, whichever silo dies where. Some requests it answers badly, or not at all.
/// </summary>
internal sealed class Hooks : IAsyncDisposable
{
    private const int Receivers = 8;
    private const int PauseMs = 100;

    private static readonly byte[] Secret = SHA256.HashData("torture"u8);

    private readonly LocalAuthority _authority = new();
    private readonly HttpSink _sink;
    private readonly ConcurrentDictionary<Guid, int> _kept = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentBag<Guid> _told = [];
    private int _requests;

    public Hooks() => _sink = new(_authority.Server) { Answers = Take };

    /// <summary>What silos are told, so that they find it.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Stk__Notices__Webhooks__Allow__0"] = "127.0.0.0/8",
        ["Stk__Notices__Webhooks__TrustedAuthority"] = _authority.Path,
    };

    public CheckResult Result => new(
        "a receiver that keeps ids has every notice once, each signed", [.. _problems, .. Missing()], _told.Count);

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _authority.Dispose();
    }

    public async Task Begin(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO notices.addresses (participant, channel, address, set_at, confirmed_at, secret)
            SELECT number, 3, $1, now(), now(), $2 FROM activity.participants ORDER BY number LIMIT $3
            """);
        command.Parameters.Add(new() { Value = $"https://localhost:{_sink.Port}/" });
        command.Parameters.Add(new() { Value = Secret });
        command.Parameters.Add(new() { Value = Receivers });
        await command.ExecuteNonQueryAsync();
    }

    public async Task Run(NpgsqlDataSource database, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Tell(database);
            await Task.Delay(PauseMs, stop).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Until each has come to its end. The last lease of a silo that died is over within a minute.</summary>
    public Task AwaitQuiet(NpgsqlDataSource database)
    {
        // What was answered badly is tried again after a minute, and its address rests.
        _sink.Answers = request => Take(request, mayFail: false);
        return Eventually.True(
            async () =>
            {
                await using var batch = database.CreateBatch();
                batch.BatchCommands.Add(new("UPDATE notices.addresses SET rests_to = 'epoch' WHERE failures_in_row > 0"));
                batch.BatchCommands.Add(
                    new("UPDATE notices.deliveries SET next_at = 'epoch' WHERE state = 1 AND lease IS NULL"));
                await batch.ExecuteNonQueryAsync();
                return await database.Count("""
                    SELECT (SELECT count(*) FROM notices.deliveries WHERE state = 1)
                        + (SELECT count(*) FROM notices.notices WHERE NOT is_planned)
                    """) == 0;
            },
            "all notices have come to their end");
    }

    private async Task Tell(NpgsqlDataSource database)
    {
        var id = Guid.NewGuid();
        try
        {
            await using var command = database.CreateCommand("""
                INSERT INTO notices.notices (id, participant, kind, at, "values")
                SELECT $1, participant, 'sale', (SELECT reached FROM economy.clock), '{}'
                FROM notices.addresses ORDER BY random() LIMIT 1
                """);
            command.Parameters.Add(new() { Value = id });
            await command.ExecuteNonQueryAsync();
            _told.Add(id);
        }
        catch (NpgsqlException)
        {
            // The server is away: whether it is there is nobody's concern.
        }
    }

    private IEnumerable<string> Missing() => _told.Where(id => !_kept.ContainsKey(id))
        .Select(id => string.Create(CultureInfo.InvariantCulture, $"{id} never came"));

    private SinkAnswer Take(SunkRequest request) => Take(request, mayFail: true);

    private SinkAnswer Take(SunkRequest request, bool mayFail)
    {
        var id = request.Headers["webhook-id"];
        var timestamp = long.Parse(request.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        if (request.Headers["webhook-signature"] != WebhookSignature.Of(id, timestamp, request.Body, [Secret]))
        {
            _problems.Enqueue($"{id} is signed wrongly: {Encoding.UTF8.GetString(request.Body)}");
        }

        var number = Interlocked.Increment(ref _requests);
        if (mayFail && number % 10 == 0)
        {
            return number % 20 == 0 ? new(503) : new(Resets: true);
        }

        _kept.AddOrUpdate(Guid.Parse(id), 1, (_, count) => count + 1);
        return new();
    }
}

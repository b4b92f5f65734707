using System.Text.Json.Nodes;
using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Participants;

/// <summary>Level, exclusion and suspension.</summary>
public sealed class ParticipantCalls
{
    private readonly ApiConnection _connection;

    internal ParticipantCalls(ApiConnection connection) => _connection = connection;

    public Task<Profile> Get(string id, CancellationToken cancellation = default) =>
        _connection.Get<Profile>(ApiConnection.Path("admin/participants", ("id", id)), cancellation);

    /// <summary>Stops at once what leaves an account, and ends the participant's tokens of before.</summary>
    public Task<Profile> Suspend(
        string id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Profile>(
            HttpMethod.Put, ApiConnection.Path("admin/participants", ("id", id)), new { suspended = true, reason }, key,
            cancellation);

    /// <summary>Asks that a suspension ends: it waits for a second operator.</summary>
    public Task<Approval> Lift(
        string id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Put, ApiConnection.Path("admin/participants", ("id", id)), new { suspended = false, reason }, key,
            cancellation);

    /// <summary>Says when somebody is on leave: nothing is taken for inactivity meanwhile.</summary>
    /// <param name="to">The last day; null: it has no end yet.</param>
    public Task<Profile> Leave(
        string id, DateOnly from, DateOnly? to, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<Profile>(
            HttpMethod.Put, ApiConnection.Path("admin/participants", ("id", id)),
            new { leaveFrom = from, leaveTo = to, reason }, key, cancellation);

    /// <param name="level">Null leaves it.</param>
    /// <param name="excluded">Null leaves it.</param>
    public Task<Profile> Set(
        string id, int? level, bool? excluded, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<Profile>(
            HttpMethod.Put, ApiConnection.Path("admin/participants", ("id", id)), new { level, excluded, reason }, key,
            cancellation);

    /// <summary>
    /// Takes back what operators have said: sources' word on the level counts again, and nobody is excluded.
    /// </summary>
    public Task<Profile> TakeBack(
        string id, bool level, bool excluded, string reason, string? key = null, CancellationToken cancellation = default)
    {
        // A null is what takes back: it is written, as nothing else here.
        var body = new JsonObject { ["reason"] = reason };
        if (level)
        {
            body["level"] = null;
        }

        if (excluded)
        {
            body["excluded"] = null;
        }

        return _connection.Write<Profile>(
            HttpMethod.Put, ApiConnection.Path("admin/participants", ("id", id)), body, key, cancellation);
    }
}

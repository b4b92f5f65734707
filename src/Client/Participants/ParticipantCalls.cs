using Stk.Client.Connections;

namespace Stk.Client.Participants;

/// <summary>Level and exclusion.</summary>
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

    /// <param name="level">Null leaves it.</param>
    /// <param name="excluded">Null leaves it.</param>
    public Task<Profile> Set(
        string id, int? level, bool? excluded, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<Profile>(
            HttpMethod.Put, ApiConnection.Path("admin/participants", ("id", id)), new { level, excluded, reason }, key,
            cancellation);
}

using System.Text.Json;
using Stk.Client.Connections;

namespace Stk.Client.Notices;

/// <summary>What a participant was told of, and how it wants to be told.</summary>
public sealed class NoticeCalls
{
    private readonly ApiConnection _connection;

    internal NoticeCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Newest first.</summary>
    /// <param name="isUnread">Only those that are not read, or are; null: all.</param>
    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public IAsyncEnumerable<InboxNotice> List(
        bool? isUnread = null, string? participant = null, CancellationToken cancellation = default) =>
        _connection.Pages<InboxNotice>(
            ApiConnection.Path(
                "notices", ("unread", isUnread switch { null => null, true => "true", false => "false" }),
                ("participant", participant)),
            cancellation);

    /// <summary>Marks a notice as read.</summary>
    public Task<InboxState> Read(Guid notice, CancellationToken cancellation = default) =>
        _connection.Write<InboxState>(HttpMethod.Post, $"notices/{notice}/read", null, null, cancellation);

    /// <summary>Marks a notice and all that came before it as read.</summary>
    public Task<InboxState> ReadThrough(Guid notice, CancellationToken cancellation = default) =>
        _connection.Write<InboxState>(HttpMethod.Post, "notices/read", new { through = notice }, null, cancellation);

    /// <summary>How the token's participant wants to be told, as JSON.</summary>
    public Task<JsonElement> GetPreferences(CancellationToken cancellation = default) =>
        _connection.Get<JsonElement>("notices/preferences", cancellation);

    /// <summary>Has another letter sent that asks to confirm the address of a channel, email or discourse.</summary>
    /// <returns>The preferences, as JSON.</returns>
    public Task<JsonElement> AskConfirmation(string channel, CancellationToken cancellation = default) =>
        _connection.Write<JsonElement>(HttpMethod.Post, $"notices/{channel}/confirmation", null, null, cancellation);

    /// <summary>Gives the webhook another secret; it is answered this once.</summary>
    public Task<WebhookSecret> ChangeWebhookSecret(CancellationToken cancellation = default) =>
        _connection.Write<WebhookSecret>(HttpMethod.Post, "notices/webhook/secret", null, null, cancellation);

    /// <summary>Chooses anew, in place of all that was chosen before.</summary>
    /// <param name="preferences">As <see cref="GetPreferences"/> gives them.</param>
    public Task<JsonElement> SetPreferences(JsonElement preferences, CancellationToken cancellation = default) =>
        _connection.Write<JsonElement>(HttpMethod.Put, "notices/preferences", preferences, null, cancellation);
}

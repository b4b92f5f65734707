using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.Client.Approvals;
using Stk.Client.Connections;
using Stk.Rules.Weeks;

namespace Stk.Client.RuleBooks;

/// <summary>The versions of the rule book.</summary>
public sealed class RuleBookCalls
{
    private readonly ApiConnection _connection;

    internal RuleBookCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Oldest first.</summary>
    public async Task<ImmutableArray<RuleBookVersion>> List(CancellationToken cancellation = default) =>
        (await _connection.Get<All>("admin/rules", cancellation)).Versions;

    /// <summary>Asks for a version from a coming week on: it waits for a second operator.</summary>
    /// <param name="reason">For who approves it, and for the record; null for none.</param>
    public Task<Approval> Propose(
        WeekId effectiveFrom, JsonElement document, string? reason = null, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, "admin/rules", new { effectiveFrom, document, reason }, key, cancellation);

    /// <summary>Asks that a version which does not rule yet is taken back: it waits for a second operator.</summary>
    public Task<Approval> Withdraw(
        int version, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"admin/rules/{version}/withdraw"), new { reason }, key,
            cancellation);

    private sealed record All(ImmutableArray<RuleBookVersion> Versions);
}

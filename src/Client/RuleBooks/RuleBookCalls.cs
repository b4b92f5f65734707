using System.Collections.Immutable;
using System.Text.Json;
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

    /// <summary>Announces a version for a coming week.</summary>
    public Task<RuleBookVersion> Propose(
        WeekId effectiveFrom, JsonElement document, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<RuleBookVersion>(
            HttpMethod.Post, "admin/rules", new { effectiveFrom, document }, key, cancellation);

    private sealed record All(ImmutableArray<RuleBookVersion> Versions);
}

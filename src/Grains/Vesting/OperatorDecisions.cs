using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.Grains.Vesting;

/// <summary>What an operator's word on a frozen reward comes to: the commands that store it, and its payment.</summary>
internal sealed class OperatorDecisions(
    NpgsqlDataSource database, GrantListTable list, GrantReading reading, DecisionPosting posting)
{
    /// <summary>Null where there is no such frozen reward.</summary>
    public async Task<ListedGrant?> Find(string id, CancellationToken cancellation) =>
        GrantId.TryParse(id, out var read) ? await list.Find(read, cancellation) : null;

    /// <summary>The commands that decide an open grant, and fail where it is open no more; and their entry.</summary>
    public async Task<(AuditEntry Entry, IReadOnlyList<NpgsqlBatchCommand> Commands)> Plan(
        ListedGrant listed, OperatorWord word, CancellationToken cancellation)
    {
        var made = await Make(listed.Grant, word.Verdict, cancellation);
        var entry = new AuditEntry(
            word.At, word.By, word.Action, listed.Owner,
            AuditEntry.Json(new { id = listed.Id.ToString(), amount = listed.Grant.Amount }),
            AuditEntry.Json(new
            {
                decision = made.Id,
                verdict = word.Verdict.WireName(),
                released = made.Decided.Released,
                cancelled = made.Decided.Cancelled,
                approval = word.Approval,
            }),
            word.Because);
        var time = new DecisionTime(
            DateOnly.FromDateTime(word.At.UtcDateTime), word.At, LastSettled: null, word.By, word.Because, word.Person);
        return (entry, [GrantTable.LockForOperator(listed.Grant.Shard), .. DecisionTable.Insert([made], time)]);
    }

    /// <summary>Pays out what is stored. Here at once; where the silo dies, the next day's run does.</summary>
    /// <returns>As it is decided.</returns>
    public async Task<ListedGrant> PayOut(string id)
    {
        var decided = await Find(id, CancellationToken.None)
            ?? throw new InvalidOperationException($"grant {id} was decided, and there is no such grant");
        if (decided.Decision is { } decision)
        {
            await posting.Post(new(decided.Grant, decision.Released, decision.Cancelled));
        }

        return decided;
    }

    private async Task<MadeDecision> Make(StoredGrant grant, Verdict verdict, CancellationToken cancellation)
    {
        if (grant.Origin is GrantOrigin.Spending)
        {
            return MadeDecision.Whole(grant, verdict, DecisionReason.Operator);
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        var judged = (await reading.Judge(connection, [new(grant, LastSettled: null)], cancellation))[0];
        return MadeDecision.Of(judged, GrantDecision.ByOperator(grant.Amount, judged.Events, verdict));
    }
}

/// <summary>What an operator, or the second of two, says of a frozen reward.</summary>
/// <param name="Action">As the log names it.</param>
/// <param name="Person">Whose signature alone releases it; null where it gives nothing, or two have signed.</param>
/// <param name="Approval">What had waited for a second person; null where one was enough.</param>
internal sealed record OperatorWord(
    Verdict Verdict, string By, string Because, DateTimeOffset At, string Action, string? Person, Guid? Approval);

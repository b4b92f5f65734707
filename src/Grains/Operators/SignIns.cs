using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Grains.Requests;
using Stk.Rules.Time;

namespace Stk.Grains.Operators;

/// <summary>Uses sign-in codes, each once, with its entry in the log.</summary>
internal sealed class SignIns(KeyedWrites writes, IClock clock)
{
    /// <summary>False where the code was used before.</summary>
    /// <param name="code">Its <c>jti</c>.</param>
    /// <param name="by">Who signs in.</param>
    public async Task<bool> Use(string code, string by, DateTimeOffset expires)
    {
        var at = clock.Now.InWholeMicroseconds();
        var entry = new AuditEntry(
            at, by, SignInTable.Action, code, Before: null, AuditEntry.Json(new { expires }), Reason: null);
        try
        {
            await writes.Change<bool, NoRefusal>(
                key: null,
                () => Task.FromResult<RequestPlan<bool, NoRefusal>>(
                    new RequestPlan<bool, NoRefusal>.Write(true, entry, SignInTable.Insert(code, expires, by, at))),
                CancellationToken.None);
            return true;
        }
        catch (PostgresException used) when (KeyedWrites.IsConflict(used))
        {
            return false;
        }
    }
}

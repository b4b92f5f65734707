using System.Text;
using System.Text.Json;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Rules.RuleBooks;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.Grains.RuleBooks;

/// <summary>A version of the rule book comes into the history.</summary>
internal sealed class RuleBookAnnouncement(RuleBookTable table, RuleBookChecks checks) : ApprovalKind<AnnounceAct>(KindName)
{
    public const string KindName = "rules.announce";

    protected override async Task<ActPlan> Plan(AnnounceAct act, Approval approval, CancellationToken cancellation)
    {
        var versions = await table.Read(cancellation);
        if (act.Newest != versions[^1].Version)
        {
            // Who has approved another one since has not read this one beside it.
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        // Once more: the week may have begun, the ceiling be lower, and silos of another build be members by now.
        var asked = Encoding.UTF8.GetBytes(act.Document.GetRawText());
        if (await checks.Objection(asked, act.EffectiveFrom, versions, cancellation) is not null)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActNotPossible);
        }

        var number = act.Newest + 1;
        var document = RuleBookJson.Write(RuleBookChecks.Read(asked, number));
        var version = new RuleBookVersion(number, act.EffectiveFrom, document, approval.At, approval.Asked.AskedBy);
        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, act.EffectiveFrom.ToString(),
                Encoding.UTF8.GetString(versions[^1].Document),
                AuditEntry.Json(new
                {
                    approval = approval.Asked.Id,
                    askedBy = approval.Asked.AskedBy,
                    version = number,
                    document = JsonSerializer.Deserialize<JsonElement>(document),
                }),
                approval.Reason),
            RuleBookTable.Add(version, approval.Asked.Id));
    }
}

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="Newest">The version that was the newest when it was asked for.</param>
/// <param name="Document">A whole rule book.</param>
internal sealed record AnnounceAct(WeekId EffectiveFrom, int Newest, JsonElement Document);

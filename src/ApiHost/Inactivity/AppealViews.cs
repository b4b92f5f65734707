using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;

namespace Stk.ApiHost.Inactivity;

/// <param name="Text">Why nothing should be taken: 1 to 2,000 characters.</param>
internal sealed record AppealBody(string Text);

/// <param name="Sum">What is at stake.</param>
internal sealed record AppealReceipt(Guid Id, string Quarter, Amount Sum, DateTimeOffset At);

/// <param name="Accepted">True: it is spared, or given back. False: it is taken, or stays taken.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record AppealDecisionBody(bool Accepted, string Reason);

/// <summary>An appeal as operators see it.</summary>
/// <param name="Sum">What is at stake: what was taken, or would be.</param>
/// <param name="State">open, accepted or rejected.</param>
/// <param name="Transaction">Of what the decision moved; null where it moved nothing or there is none.</param>
internal sealed record AppealItem(
    Guid Id, string Participant, string Quarter, string Text, Amount Sum, DateTimeOffset At, string State,
    DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason, Guid? Transaction)
{
    public static AppealItem Of(AppealView appeal) => new(
        appeal.Id, appeal.Participant, appeal.Quarter, appeal.Text, appeal.Sum, appeal.At, appeal.State.WireName(),
        appeal.DecidedAt, appeal.DecidedBy, appeal.Reason, appeal.Transaction);
}

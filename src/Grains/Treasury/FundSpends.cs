using System.Collections.Immutable;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.AuditLog;
using Stk.Grains.Notices;
using Stk.Grains.Registry;
using Stk.Grains.Vesting;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Treasury;

namespace Stk.Grains.Treasury;

/// <summary>What a spending from a fund moves, and what the audit log says of it: asked for alone or approved.</summary>
internal static class FundSpends
{
    public static Transaction Transaction(Guid id, FundSpendTerms terms, params ImmutableArray<IEffect> effects)
    {
        var amount = new Amount(terms.AmountMicro);
        var kind = (FundSpendKind)terms.Kind;
        var isFrozen = terms.VestsDays > 0;
        return new(
            id, TransactionKind.FundSpend, WireName(kind),
            [
                new(AccountId.Fund((Fund)terms.Fund), -amount),
                new(isFrozen ? AccountId.Frozen(terms.Receiver) : AccountId.Available(terms.Receiver), amount),
            ],
            [
                .. effects,
                .. isFrozen
                    ? [new FundGrantEffect(terms.Receiver, kind, terms.VestsDays, amount)]
                    : ImmutableArray<IEffect>.Empty,
                new NoticeEffect(Notice.Of(
                    NoticeKinds.GrantReceived, terms.Receiver,
                    new { fund = ((Fund)terms.Fund).WireName(), amount, vestsDays = terms.VestsDays }, id.ToString())),
            ]);
    }

    public static AuditEntry Entry(
        DateTimeOffset at, ActingPerson by, string action, FundSpendView spend, FundSpendView? before, string reason) => new(
            at, by.Subject, action, spend.To, before is null ? null : AuditEntry.Json(Logged(before, person: null)),
            AuditEntry.Json(Logged(spend, by.Name)), reason);

    public static string WireName(FundSpendKind kind) => kind.ToString().ToLowerInvariant();

    private static object Logged(FundSpendView spend, string? person) => new
    {
        person,
        id = spend.Id,
        state = spend.State.ToString().ToLowerInvariant(),
        fund = spend.Fund.WireName(),
        amount = spend.Amount,
        kind = WireName(spend.Kind),
        vestsDays = spend.VestsDays,
    };
}

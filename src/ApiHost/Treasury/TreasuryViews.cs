using System.Collections.Frozen;
using System.Diagnostics;
using Stk.ApiHost.Approvals;
using Stk.GrainInterfaces.Treasury;
using Stk.Rules.Money;
using Stk.Rules.Treasury;

namespace Stk.ApiHost.Treasury;

/// <param name="Fund">treasury, startup, team or liquidity.</param>
/// <param name="To">A participant's id.</param>
/// <param name="Kind">grant, contract, project, startup, team or liquidity.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="VestsDays">Frozen for so many days, 0 to 3,650; absent or 0 pays at once.</param>
internal sealed record SpendBody(string Fund, string To, Amount Amount, string Kind, string Reason, int? VestsDays = null);

/// <param name="State">waiting (for a second operator), paid, rejected or expired.</param>
/// <param name="DecidedBy">The second operator; null where none was needed or none has decided.</param>
/// <param name="Transaction">The ledger's; null unless paid.</param>
/// <param name="Note">Why nobody can approve it as things stand, where it has just been asked for; else null.</param>
internal sealed record SpendItem(
    Guid Id, string State, string Fund, string To, Amount Amount, string Kind, string Reason, int VestsDays,
    DateTimeOffset AskedAt, string AskedBy, DateTimeOffset? DecidedAt, string? DecidedBy, Guid? Transaction,
    string? Note = null)
{
    public static readonly FrozenDictionary<string, FundSpendKind> Kinds =
        Enum.GetValues<FundSpendKind>().ToFrozenDictionary(WireName, StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, Fund> FundNames =
        Funds.All.ToFrozenDictionary(fund => fund.WireName(), StringComparer.Ordinal);

    public static SpendItem Of(FundSpendView spend) => new(
        spend.Id, WireName(spend.State), spend.Fund.WireName(), spend.To, spend.Amount, WireName(spend.Kind), spend.Reason,
        spend.VestsDays, spend.AskedAt, spend.AskedBy, spend.DecidedAt, spend.DecidedBy, spend.Transaction,
        spend.IsAlone ? ApprovalItem.Alone : null);

    private static string WireName(FundSpendKind kind) => kind switch
    {
        FundSpendKind.Grant => "grant",
        FundSpendKind.Contract => "contract",
        FundSpendKind.Project => "project",
        FundSpendKind.Startup => "startup",
        FundSpendKind.Team => "team",
        FundSpendKind.Liquidity => "liquidity",
        _ => throw new UnreachableException(),
    };

    private static string WireName(FundSpendState state) => state switch
    {
        FundSpendState.Waiting => "waiting",
        FundSpendState.Paid => "paid",
        FundSpendState.Rejected => "rejected",
        FundSpendState.Expired => "expired",
        _ => throw new UnreachableException(),
    };
}

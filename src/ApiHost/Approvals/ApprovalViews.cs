using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using Stk.GrainInterfaces.Approvals;
using Stk.Rules.Approvals;

namespace Stk.ApiHost.Approvals;

/// <summary>An act that takes two persons.</summary>
/// <param name="Id">Of the request that asked.</param>
/// <param name="Kind">What is done: rules.announce, for one.</param>
/// <param name="State">waiting, approved, rejected or expired.</param>
/// <param name="Act">What exactly is done; its members are the kind's own.</param>
/// <param name="ExpiresAt">From then on nobody can decide it.</param>
/// <param name="DecidedBy">The second operator; null while none has decided.</param>
/// <param name="Note">Why nobody can approve it as things stand; null where somebody can.</param>
internal sealed record ApprovalItem(
    Guid Id, string Kind, string State, string AskedBy, DateTimeOffset AskedAt, string Reason, JsonElement Act,
    DateTimeOffset ExpiresAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? DecidedReason, string? Note)
{
    public static readonly FrozenDictionary<string, ApprovalState> States =
        Enum.GetValues<ApprovalState>().ToFrozenDictionary(WireName, StringComparer.Ordinal);

    /// <summary>What an economy with one operator is told of what takes two.</summary>
    public const string Alone =
        "The register has no other operator, and this takes two persons: enter another one, by the configuration Stk:Operators:First, before it expires.";

    public static ApprovalItem Of(ApprovalView approval)
    {
        using var act = JsonDocument.Parse(approval.Act);
        return new(
            approval.Id, approval.Kind, WireName(approval.State), approval.AskedBy, approval.AskedAt, approval.Reason,
            act.RootElement.Clone(), approval.ExpiresAt, approval.DecidedAt, approval.DecidedBy, approval.DecidedReason,
            approval.IsAlone ? Alone : null);
    }

    private static string WireName(ApprovalState state) => state switch
    {
        ApprovalState.Waiting => "waiting",
        ApprovalState.Approved => "approved",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Expired => "expired",
        _ => throw new UnreachableException(),
    };
}

using System.Diagnostics;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;

namespace Stk.Grains.Settling;

/// <summary>How states and kinds stand in JSON: for ever.</summary>
internal static class SettlingNames
{
    public static string Of(ActState state) => state switch
    {
        ActState.Planned => "planned",
        ActState.Signed => "signed",
        ActState.Sent => "sent",
        ActState.Finalized => "finalized",
        ActState.Failed => "failed",
        ActState.Uncertain => "uncertain",
        ActState.Expired => "expired",
        _ => throw new UnreachableException(),
    };

    public static string Of(ActKind kind) => kind switch
    {
        ActKind.Payouts => "payouts",
        ActKind.Mint => "mint",
        ActKind.Refill => "refill",
        ActKind.Burn => "burn",
        ActKind.Memo => "memo",
        ActKind.Return => "return",
        _ => throw new UnreachableException(),
    };

    public static string Of(PayoutState state) => state switch
    {
        PayoutState.Waiting => "waiting",
        PayoutState.Taken => "taken",
        PayoutState.Paid => "paid",
        PayoutState.Returned => "returned",
        _ => throw new UnreachableException(),
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Landed => "landed",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Expired => "expired",
        _ => throw new UnreachableException(),
    };

    /// <summary>As <c>settlement.decisions.reply</c> has it.</summary>
    public static string OfReply(short reply) => reply switch
    {
        1 => "done",
        2 => "contradicted",
        3 => "not-looked",
        4 => "not-uncertain",
        _ => throw new UnreachableException(),
    };

    /// <summary>Null where the name is none, or null.</summary>
    public static ActState? StateOf(string? name) => Enum.GetValues<ActState>().Where(state => Of(state) == name)
        .Select(state => (ActState?)state).FirstOrDefault();
}

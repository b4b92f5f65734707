using Stk.Settlement.Acts;
using Stk.Settlement.Looks;

namespace Stk.Settlement.Machine;

/// <summary>An act as one activation follows it: its row, and what is forgotten with the activation.</summary>
/// <param name="Epoch">Of this activation: what it writes bears it.</param>
/// <param name="Look">The look under way; null where there is none.</param>
/// <param name="LooksBegun">By this activation.</param>
/// <param name="SendAt">When the bytes are sent again.</param>
/// <param name="LookAt">When nodes are looked at again.</param>
/// <param name="AskAgainAt">When an order without an answer is given again.</param>
public sealed record FollowedAct(
    ChainAct Act,
    long Epoch,
    Look? Look = null,
    int LooksBegun = 0,
    DateTimeOffset SendAt = default,
    DateTimeOffset LookAt = default,
    DateTimeOffset AskAgainAt = default)
{
    /// <summary>When to wake it at the latest; null where nothing is left to do.</summary>
    public DateTimeOffset? DueAt(MachineTerms terms)
    {
        if (Act.IsClosed)
        {
            return null;
        }

        var lookAt = Look is { } look ? look.BegunAt + terms.Patience : LookAt;
        return Act.State switch
        {
            ActState.Signed => SendAt,
            ActState.Sent => SendAt < lookAt ? SendAt : lookAt,
            ActState.Uncertain => lookAt,
            _ => AskAgainAt,
        };
    }
}

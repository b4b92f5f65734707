using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;

namespace Stk.Settlement.Machine;

/// <summary>
/// What is to be done after the act is stored. Each may be lost, or done twice. A closed set: nothing outside can add a
/// case.
/// </summary>
public abstract record Order
{
    private Order()
    {
    }

    /// <summary>Run the plan without landing, and look at its payees: <see cref="Seen.TriedOut"/>.</summary>
    public sealed record TryOut : Order;

    /// <summary>
    /// Have the plan signed: <see cref="Seen.GotSigned"/>. Asked again for the same number, the signer answers the same.
    /// </summary>
    public sealed record Sign(int Number) : Order;

    /// <summary>Send these bytes, with no retries by the node: <see cref="Seen.SendAnswered"/>.</summary>
    public sealed record Send(int Number, ImmutableArray<byte> Bytes, string Node) : Order;

    /// <summary>Ask one node: <see cref="Seen.Answered"/>.</summary>
    public sealed record Ask(int Look, string Node, Question Question) : Order;

    /// <summary><c>settling -> chain</c> for all payouts of the act, in one transaction: <see cref="Seen.Posted"/>.</summary>
    public sealed record Post : Order;

    /// <summary>
    /// These payouts back to <c>available</c>, the others to wait for a new act: <see cref="Seen.Released"/>.
    /// </summary>
    public sealed record Release(ImmutableArray<ReturnedPayout> Returned, ImmutableArray<Guid> Others) : Order;

    /// <summary>Tell the operators what became of their word.</summary>
    public sealed record Reply(ResolutionReply What) : Order;
}

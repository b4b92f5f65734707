using Orleans.Concurrency;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Grains.Torture;

/// <summary>
/// The ledger, for a harness that breaks things: posts what it is told. Exists only in Development, and only where
/// <c>Stk:Torture</c> is true. Key: any number, which decides nothing.
/// </summary>
[Alias("stk.torture")]
public interface ITortureGrain : IGrainWithIntegerKey
{
    /// <summary>Posts a transfer. Answered means committed; a refusal is an answer.</summary>
    // Interleaving is safe: it remembers nothing, and transfers side by side share a commit.
    [Alias("post"), AlwaysInterleave]
    Task<TransferAnswer> Post(TransferOrder order);
}

/// <summary>A transfer between the available accounts of two participants.</summary>
/// <param name="Id">The transaction's.</param>
/// <param name="From">A participant's number.</param>
/// <param name="To">A participant's number.</param>
[GenerateSerializer, Immutable, Alias("stk.torture.order")]
public sealed record TransferOrder(
    [property: Id(0)] Guid Id, [property: Id(1)] long From, [property: Id(2)] long To, [property: Id(3)] Amount Amount);

/// <param name="Refusal">Why nothing has moved; null where it has.</param>
/// <param name="Sequence">Of the commit that moved it; 0 where nothing has.</param>
/// <param name="IsRepeat">The answer that this id was given before.</param>
[GenerateSerializer, Immutable, Alias("stk.torture.answer")]
public sealed record TransferAnswer(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] long Sequence, [property: Id(2)] bool IsRepeat);

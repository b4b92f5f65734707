using System.Collections.Immutable;
using System.Globalization;

namespace Stk.Solana.Rpc;

/// <summary>Why a node gave no answer. A closed set: nothing outside can add a case.</summary>
public abstract record RpcError
{
    private RpcError()
    {
    }

    /// <summary>One sentence for a person.</summary>
    public abstract string Sentence { get; }

    /// <summary>
    /// Whether a transaction sent by this call may still land: the node may have taken it before the answer was lost.
    /// </summary>
    public virtual bool MayHaveBeenTaken => false;

    /// <summary>A trial run before sending failed; nothing was sent.</summary>
    /// <param name="Cause">What the transaction would fail by.</param>
    /// <param name="Logs">The programs' log of the trial run, in order.</param>
    public sealed record PreflightFailed(TransactionError Cause, ImmutableArray<string> Logs) : RpcError
    {
        public override string Sentence => $"The trial run fails: {Cause.Sentence}.";

        // An earlier copy of the same bytes is there already.
        public override bool MayHaveBeenTaken => Cause is TransactionError.Named { Name: "AlreadyProcessed" };
    }

    public sealed record SignatureRejected : RpcError
    {
        public override string Sentence => "A signature of the transaction is wrong.";
    }

    /// <summary>The node says that it is behind the network.</summary>
    /// <param name="Slots">By how many slots, where it knows.</param>
    public sealed record NodeBehind(ulong? Slots) : RpcError
    {
        public override string Sentence => string.Create(
            CultureInfo.InvariantCulture, $"The node is behind by {Slots?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} slots.");
    }

    /// <summary>The node has not reached the slot that was asked for.</summary>
    public sealed record MinContextSlotNotReached(ulong? ContextSlot) : RpcError
    {
        public override string Sentence => string.Create(
            CultureInfo.InvariantCulture, $"The node is at slot {ContextSlot}, before the one already seen.");
    }

    /// <summary>The node has thrown this part of history away, or never had it. No proof of absence.</summary>
    public sealed record HistoryUnavailable(int Code, string Message) : RpcError
    {
        public override string Sentence => $"The node lacks this part of history: {Message}";
    }

    /// <summary>A transaction of a version that the call did not allow for.</summary>
    public sealed record VersionUnsupported : RpcError
    {
        public override string Sentence => "The transaction is of a version that was not asked for.";
    }

    /// <summary>The node does not take these parameters.</summary>
    public sealed record InvalidParams(string Message) : RpcError
    {
        public override string Sentence => $"The node refuses the question: {Message}";
    }

    public sealed record MethodMissing(string Message) : RpcError
    {
        public override string Sentence => $"The node has no such method: {Message}";
    }

    /// <summary>An error of JSON-RPC that has no case of its own.</summary>
    public sealed record Other(int Code, string Message) : RpcError
    {
        public override string Sentence => string.Create(CultureInfo.InvariantCulture, $"The node fails with {Code}: {Message}");

        public override bool MayHaveBeenTaken => true;
    }

    /// <summary>Too many questions (429), and the node wants more time than we wait.</summary>
    /// <param name="RetryAfter">When to ask again, where it says.</param>
    public sealed record RateLimited(TimeSpan? RetryAfter) : RpcError
    {
        public override string Sentence => RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"The node asks for {wait.TotalSeconds:0} s of patience.")
            : "The node is asked too often.";
    }

    /// <summary>An HTTP status that is no answer, after all repeats.</summary>
    public sealed record Unavailable(int HttpStatus) : RpcError
    {
        public override string Sentence => string.Create(CultureInfo.InvariantCulture, $"The node answers HTTP {HttpStatus}.");

        public override bool MayHaveBeenTaken => true;
    }

    public sealed record TimedOut : RpcError
    {
        public override string Sentence => "The node did not answer in time.";

        public override bool MayHaveBeenTaken => true;
    }

    /// <summary>No connection, a broken one, or none tried because the last ones all broke.</summary>
    public sealed record Unreachable(string Reason) : RpcError
    {
        public override string Sentence => $"The node cannot be reached: {Reason}";

        public override bool MayHaveBeenTaken => true;
    }

    /// <summary>An answer that is none: not JSON, not JSON-RPC, or without what the method promises.</summary>
    public sealed record Garbled(string Flaw) : RpcError
    {
        public override string Sentence => $"The node's answer makes no sense: {Flaw}.";

        public override bool MayHaveBeenTaken => true;
    }
}

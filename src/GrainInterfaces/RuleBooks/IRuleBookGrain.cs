using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Objections;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.RuleBooks;

/// <summary>The versions of the rule book. Key: 0. A version takes effect from a coming week, and never changes.</summary>
[Alias("stk.rule-book")]
public interface IRuleBookGrain : IGrainWithIntegerKey
{
    /// <summary>Every version, oldest first, withdrawn ones too.</summary>
    [Alias("versions"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<ImmutableArray<RuleBookVersion>> GetVersions();

    /// <summary>The week by the economy's clock: what rules it is in force.</summary>
    [Alias("week-now"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    ValueTask<WeekId> GetWeekNow();

    /// <summary>Asks for a version from a coming week on: it waits for a second person.</summary>
    [Alias("propose"), MayCall(CallerRoles.Operator)]
    Task<ProposeReply> Propose(ProposeRequest request, CancellationToken cancellation);

    /// <summary>Asks that a version which does not rule yet is taken back: it waits for a second person.</summary>
    [Alias("withdraw"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Withdraw(WithdrawRequest request, CancellationToken cancellation);
}

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="Document">Canonical JSON, UTF-8.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="ApprovedBy">The second person; null for those announced before two were needed.</param>
/// <param name="WithdrawnAt">When it was taken back, before it ruled; null where it was not.</param>
[GenerateSerializer, Immutable, Alias("stk.rule-book-version")]
public sealed record RuleBookVersion(
    [property: Id(0)] int Version,
    [property: Id(1)] WeekId EffectiveFrom,
    [property: Id(2)] byte[] Document,
    [property: Id(3)] DateTimeOffset AnnouncedAt,
    [property: Id(4)] string By,
    [property: Id(5)] string? ApprovedBy = null,
    [property: Id(6)] DateTimeOffset? WithdrawnAt = null);

/// <param name="Version">One that does not rule yet.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.withdraw-rules")]
public sealed record WithdrawRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] int Version,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="Key">Null where the caller gave none.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters; null where the caller gave none.</param>
[GenerateSerializer, Immutable, Alias("stk.propose-request")]
public sealed record ProposeRequest(
    [property: Id(0)] WeekId EffectiveFrom,
    [property: Id(1)] byte[] Document,
    [property: Id(2), FromCaller] string By,
    [property: Id(3)] RequestKey? Key = null,
    [property: Id(4)] string? Reason = null);

/// <summary>What became of a proposal. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.propose-reply")]
public abstract record ProposeReply
{
    private ProposeReply() { }

    [GenerateSerializer, Immutable, Alias("stk.propose-reply.accepted")]
    public sealed record Accepted(
        [property: Id(0)] RuleBookVersion Version, [property: Id(1)] bool IsReplay = false) : ProposeReply;

    /// <summary>It waits for a second person; the history has not changed.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.waiting")]
    public sealed record Waiting(
        [property: Id(0)] ApprovalView Approval, [property: Id(1)] bool IsReplay = false) : ProposeReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.operator-unknown")]
    public sealed record OperatorUnknown : ProposeReply;

    /// <summary>A version like this is not taken now.</summary>
    /// <param name="Rule">In words.</param>
    // One type for all reasons, and its first alias: an API host of the build before, which is replaced last in an upgrade,
    // knows the words, and no type that is new.
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.too-late")]
    public sealed record NotNow(
        [property: Id(0)] string Rule, [property: Id(1)] NotNowReason Reason = NotNowReason.WeekSealed) : ProposeReply;

    /// <summary>The document breaks rules of its own.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.invalid")]
    public sealed record Invalid([property: Id(0)] ImmutableArray<FieldObjection> Objections) : ProposeReply;

    /// <summary>The key was used with another body.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.key-reused")]
    public sealed record KeyReused : ProposeReply;
}

/// <summary>Why a version is not taken now. Sent: add at the end.</summary>
public enum NotNowReason
{
    /// <summary>The week has begun, or a later version is announced already.</summary>
    WeekSealed = 0,

    /// <summary>It has a section that not every silo's build knows.</summary>
    ClusterMixed = 1,
}

[GenerateSerializer, Immutable, Alias("stk.field-objection")]
public sealed record FieldObjection(
    [property: Id(0)] string Field,
    [property: Id(1)] string Rule,
    [property: Id(2)] ObjectionCode Code = ObjectionCode.None);

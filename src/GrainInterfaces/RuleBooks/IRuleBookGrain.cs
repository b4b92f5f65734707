using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Objections;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.RuleBooks;

/// <summary>The versions of the rule book. Key: 0. A version takes effect from a coming week, and never changes.</summary>
[Alias("stk.rule-book")]
public interface IRuleBookGrain : IGrainWithIntegerKey
{
    /// <summary>Every version, oldest first.</summary>
    [Alias("versions"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<ImmutableArray<RuleBookVersion>> GetVersions();

    /// <summary>Adds a version from a coming week on.</summary>
    [Alias("propose"), MayCall(CallerRoles.Operator)]
    Task<ProposeReply> Propose(ProposeRequest request, CancellationToken cancellation);
}

/// <param name="EffectiveFrom">The first week that it rules.</param>
/// <param name="Document">Canonical JSON, UTF-8.</param>
[GenerateSerializer, Immutable, Alias("stk.rule-book-version")]
public sealed record RuleBookVersion(
    [property: Id(0)] int Version,
    [property: Id(1)] WeekId EffectiveFrom,
    [property: Id(2)] byte[] Document,
    [property: Id(3)] DateTimeOffset AnnouncedAt,
    [property: Id(4)] string By);

/// <param name="Key">Null where the caller gave none.</param>
[GenerateSerializer, Immutable, Alias("stk.propose-request")]
public sealed record ProposeRequest(
    [property: Id(0)] WeekId EffectiveFrom,
    [property: Id(1)] byte[] Document,
    [property: Id(2), FromCaller] string By,
    [property: Id(3)] RequestKey? Key = null);

/// <summary>What became of a proposal. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.propose-reply")]
public abstract record ProposeReply
{
    private ProposeReply() { }

    [GenerateSerializer, Immutable, Alias("stk.propose-reply.accepted")]
    public sealed record Accepted(
        [property: Id(0)] RuleBookVersion Version, [property: Id(1)] bool IsReplay = false) : ProposeReply;

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

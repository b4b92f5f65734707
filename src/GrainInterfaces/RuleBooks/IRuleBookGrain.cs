using System.Collections.Immutable;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Objections;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.RuleBooks;

/// <summary>The versions of the rule book. Key: 0. A version takes effect from a coming week, and never changes.</summary>
[Alias("stk.rule-book")]
public interface IRuleBookGrain : IGrainWithIntegerKey
{
    /// <summary>Every version, oldest first.</summary>
    [Alias("versions"), AlwaysInterleave]
    Task<ImmutableArray<RuleBookVersion>> GetVersions();

    /// <summary>Adds a version from a coming week on.</summary>
    [Alias("propose")]
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
    [property: Id(2)] string By,
    [property: Id(3)] RequestKey? Key = null);

/// <summary>What became of a proposal. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.propose-reply")]
public abstract record ProposeReply
{
    private ProposeReply() { }

    [GenerateSerializer, Immutable, Alias("stk.propose-reply.accepted")]
    public sealed record Accepted(
        [property: Id(0)] RuleBookVersion Version, [property: Id(1)] bool IsReplay = false) : ProposeReply;

    /// <summary>The week has begun, or a later version is announced already.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.too-late")]
    public sealed record TooLate([property: Id(0)] string Rule) : ProposeReply;

    /// <summary>The document breaks rules of its own.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.invalid")]
    public sealed record Invalid([property: Id(0)] ImmutableArray<FieldObjection> Objections) : ProposeReply;

    /// <summary>The key was used with another body.</summary>
    [GenerateSerializer, Immutable, Alias("stk.propose-reply.key-reused")]
    public sealed record KeyReused : ProposeReply;
}

[GenerateSerializer, Immutable, Alias("stk.field-objection")]
public sealed record FieldObjection(
    [property: Id(0)] string Field,
    [property: Id(1)] string Rule,
    [property: Id(2)] ObjectionCode Code = ObjectionCode.None);

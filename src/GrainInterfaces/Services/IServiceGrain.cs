using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Services;

/// <summary>One service. Key: its id, 1 to 64 of a-z 0-9 and _.</summary>
[Alias("stk.service-grain")]
public interface IServiceGrain : IGrainWithStringKey
{
    /// <summary>
    /// The newest version of the public service, whatever its state, also where it is its provider's change that waits; null
    /// where there is none. From memory.
    /// </summary>
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Everybody)]
    Task<ServiceView?> Get();

    /// <summary>
    /// What a provider proposes under this id, which others may have too; else <see cref="Get"/>. Where no provider is named:
    /// <see cref="Get"/>, or the proposal under this id where there is one alone.
    /// </summary>
    [Alias("look"), AlwaysInterleave, MayCall(CallerRoles.Everybody)]
    Task<ServiceView?> Look(string? provider, CancellationToken cancellation);

    /// <summary>
    /// Makes a service, or its next version. A provider's is a proposal in its own name space until an operator admits it;
    /// an operator's stands at once, and ends what is proposed under its id.
    /// </summary>
    [Alias("put"), MayCall(CallerRoles.Participant | CallerRoles.Operator)]
    Task<ServiceReply> Put(PutServiceRequest request, CancellationToken cancellation);

    /// <summary>Admits what was proposed, or withdraws: an operator's.</summary>
    [Alias("set-state"), MayCall(CallerRoles.Operator)]
    Task<ServiceReply> SetState(SetServiceStateRequest request, CancellationToken cancellation);
}

/// <summary>All services. Key: 0.</summary>
[Alias("stk.catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>By id: those that can be bought; also the proposed and withdrawn where asked.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Everybody)]
    Task<ImmutableArray<ServiceView>> List(bool isWhole, CancellationToken cancellation);

    /// <summary>The same by pages; under one id the public service comes first, then proposals.</summary>
    [Alias("page"), AlwaysInterleave, MayCall(CallerRoles.Everybody)]
    Task<ServicePage> Page(bool isWhole, PageRequest request, CancellationToken cancellation);
}

/// <param name="ExpectedVersion">
/// The version that is changed (If-Match); null for a new service, or for whichever is there.
/// </param>
/// <param name="By">The token's subject.</param>
/// <param name="IsOperator">False for a provider, who may change only what is its own.</param>
/// <param name="Provider">Of an operator's: whose the service is, a participant; null for the operators' own.</param>
[GenerateSerializer, Immutable, Alias("stk.put-service")]
public sealed record PutServiceRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] ServiceDraft Draft,
    [property: Id(2)] int? ExpectedVersion,
    [property: Id(3), FromCaller] string By,
    [property: Id(4), FromCaller(CallerFact.IsOperator)] bool IsOperator,
    [property: Id(5)] string? Provider = null);

/// <param name="IsAdmitted">False withdraws.</param>
/// <param name="ExpectedVersion">The version that was read (If-Match); null for whichever is there.</param>
/// <param name="Provider">
/// Whose proposal is meant; null for the public service, or the proposal that is alone under its id.
/// </param>
[GenerateSerializer, Immutable, Alias("stk.set-service-state")]
public sealed record SetServiceStateRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] bool IsAdmitted,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By,
    [property: Id(4)] int? ExpectedVersion = null,
    [property: Id(5)] string? Provider = null);

/// <summary>What became of a change of a service. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.service-reply")]
public abstract record ServiceReply
{
    private ServiceReply() { }

    [GenerateSerializer, Immutable, Alias("stk.service-reply.done")]
    public sealed record Done([property: Id(0)] ServiceView View, [property: Id(1)] bool IsReplay) : ServiceReply;

    /// <summary>The draft breaks rules; nothing has changed.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.invalid")]
    public sealed record Invalid(
        [property: Id(0)] ImmutableArray<RuleBooks.FieldObjection> Objections) : ServiceReply;

    /// <summary>No such service, or another provider's: one answer for both.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.unknown")]
    public sealed record Unknown : ServiceReply;

    /// <summary>Another version stands by now.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.changed")]
    public sealed record Changed : ServiceReply;

    /// <summary>A provider has as many proposals open as it may.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.too-many")]
    public sealed record TooMany : ServiceReply;

    /// <summary>Several providers propose under this id: one must be named.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.several")]
    public sealed record Several : ServiceReply;

    /// <summary>The id is another's service: the proposal cannot be admitted under it.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.taken")]
    public sealed record Taken : ServiceReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.operator-unknown")]
    public sealed record OperatorUnknown : ServiceReply;

    /// <summary>The service is the operator's own, or pays them: another operator decides.</summary>
    [GenerateSerializer, Immutable, Alias("stk.service-reply.own-affair")]
    public sealed record OwnAffair : ServiceReply;

    [GenerateSerializer, Immutable, Alias("stk.service-reply.key-reused")]
    public sealed record KeyReused : ServiceReply;
}

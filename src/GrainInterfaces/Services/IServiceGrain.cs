using System.Collections.Immutable;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Services;

/// <summary>One service. Key: its id, 1 to 64 of a-z 0-9 and _.</summary>
[Alias("stk.service-grain")]
public interface IServiceGrain : IGrainWithStringKey
{
    /// <summary>The newest version, whatever its state; null where there is none. From memory.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ServiceView?> Get();

    /// <summary>
    /// Makes a service, or its next version. A provider's is proposed until an operator admits it; an operator's stands
    /// at once.
    /// </summary>
    [Alias("put")]
    Task<ServiceReply> Put(PutServiceRequest request, CancellationToken cancellation);

    /// <summary>Admits what was proposed, or withdraws: an operator's.</summary>
    [Alias("set-state")]
    Task<ServiceReply> SetState(SetServiceStateRequest request, CancellationToken cancellation);
}

/// <summary>All services. Key: 0.</summary>
[Alias("stk.catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>By id: those that can be bought; also the proposed and withdrawn where asked.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<ServiceView>> List(bool isWhole, CancellationToken cancellation);
}

/// <param name="ExpectedVersion">
/// The version that is changed (If-Match); null for a new service, or for whichever is there.
/// </param>
/// <param name="By">The token's subject.</param>
/// <param name="IsOperator">False for a provider, who may change only what is its own.</param>
[GenerateSerializer, Immutable, Alias("stk.put-service")]
public sealed record PutServiceRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] ServiceDraft Draft,
    [property: Id(2)] int? ExpectedVersion,
    [property: Id(3)] string By,
    [property: Id(4)] bool IsOperator);

/// <param name="IsAdmitted">False withdraws.</param>
[GenerateSerializer, Immutable, Alias("stk.set-service-state")]
public sealed record SetServiceStateRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] bool IsAdmitted,
    [property: Id(2)] string Reason,
    [property: Id(3)] string By);

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

    [GenerateSerializer, Immutable, Alias("stk.service-reply.key-reused")]
    public sealed record KeyReused : ServiceReply;
}

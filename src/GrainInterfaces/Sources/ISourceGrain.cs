using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Sources;

/// <summary>One source of events and its watermark. Key: the source's name, as in an ingest token's <c>sub</c>.</summary>
[Alias("stk.source")]
public interface ISourceGrain : IGrainWithStringKey
{
    /// <summary>The watermark; null where no source has this name.</summary>
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<SourceReply?> Get(CancellationToken cancellation);

    /// <summary>Sets the watermark, adding the source where it is new.</summary>
    [Alias("put"), MayCall(CallerRoles.Operator)]
    Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation);
}

/// <param name="CompleteTo">Every event before this instant has been sent; null where nothing is known.</param>
/// <param name="IsRequired">True where no week is sealed before the source is complete to its end.</param>
/// <param name="Key">Of the setting that this answers.</param>
/// <param name="Broken">
/// Why no new source is called so, where none is yet: nothing has changed. Null where that is not so.
/// </param>
/// <param name="IsOperatorUnknown">Who asks is no operator by the register: nothing has changed.</param>
[GenerateSerializer, Immutable, Alias("stk.source-reply")]
public sealed record SourceReply(
    [property: Id(0)] string Name,
    [property: Id(1)] DateTimeOffset? CompleteTo,
    [property: Id(2)] bool IsRequired,
    [property: Id(3)] KeyUse Key = KeyUse.First,
    [property: Id(4)] string? Broken = null,
    [property: Id(5)] bool IsOperatorUnknown = false);

/// <param name="Key">Null where the caller gave none.</param>
/// <param name="By">The operator's subject; empty where the caller does not say.</param>
[GenerateSerializer, Immutable, Alias("stk.put-source")]
public sealed record PutSourceRequest(
    [property: Id(0)] DateTimeOffset? CompleteTo,
    [property: Id(1)] bool IsRequired,
    [property: Id(2)] RequestKey? Key = null,
    [property: Id(3), FromCaller] string By = "");

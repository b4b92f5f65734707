using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Sources;

/// <summary>Lines of files that a source's system has exported. Key: the source's name.</summary>
[Alias("stk.source-import")]
public interface ISourceImportGrain : IGrainWithStringKey
{
    /// <summary>Takes lines in. Answered means committed; the same lines again add nothing.</summary>
    [Alias("take"), MayCall(CallerRoles.Source)]
    Task<ImportReply> Take(ImportRequest request, CancellationToken cancellation);
}

/// <param name="By">Whoever is not the source itself is told that there is none.</param>
/// <param name="Lines">Each without its line feed; none is blank.</param>
[GenerateSerializer, Immutable, Alias("stk.import-request")]
public sealed record ImportRequest(
    [property: Id(0), FromCaller] string By, [property: Id(1)] ImmutableArray<byte[]> Lines);

/// <param name="Answers">Where they were taken: one a line, in order; null where a line gives nothing.</param>
[GenerateSerializer, Immutable, Alias("stk.import-reply")]
public sealed record ImportReply(
    [property: Id(0)] ImportVerdict Verdict, [property: Id(1)] ImmutableArray<WebhookAnswer?> Answers);

/// <summary>What became of lines. Sent: add at the end, never renumber.</summary>
public enum ImportVerdict
{
    Taken = 0,

    /// <summary>Operators have made no source of this name, or the caller is another.</summary>
    Unknown = 1,

    Paused = 2,

    /// <summary>The source's system exports no such files.</summary>
    NoFiles = 3,
}

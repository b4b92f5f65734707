using Stk.Rules.Pulls;
using Stk.Rules.Sources;

namespace Stk.Grains.Pulls;

/// <summary>What reads windows of one kind of source.</summary>
internal interface IPuller
{
    SourceKind Kind { get; }

    /// <summary>Reads a window to its last page, and takes in what it finds.</summary>
    /// <exception cref="PullStoppedException">
    /// It cannot be read: what was taken in before stays, and nothing moves.
    /// </exception>
    Task<PullFound> Read(PullLease held, PullTalk talk, PullWindow window, CancellationToken cancellation);
}

/// <param name="Found">The whole set of the window.</param>
/// <param name="Stored">The uuids of it that are stored under these uuids.</param>
/// <param name="Standing">The uuids of what stands at the source.</param>
/// <param name="Promise">Up to when the source itself says that nothing will be added; null where it says nothing.</param>
internal sealed record PullFound(
    SetDigest Found, IReadOnlyCollection<Guid> Stored, IReadOnlyCollection<Guid> Standing, DateTimeOffset? Promise = null);

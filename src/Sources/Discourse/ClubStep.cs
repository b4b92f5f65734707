using System.Collections.Immutable;
using Stk.Rules.Sources;

namespace Stk.Sources.Discourse;

/// <summary>What a sight changes: stored in one commit, the rows of the mirror and the events.</summary>
/// <param name="After">The post from now on.</param>
/// <param name="Events">Events and retractions, to be taken in in this order.</param>
/// <param name="Changed">The keys of <see cref="ClubPost.Given"/> that are new or other.</param>
/// <param name="Peers">
/// Events of before whose peer was not known and is now: it is put beside them. Their uuid and all else stays.
/// </param>
/// <param name="Questions">What to ask the club: without an answer the puller does it later.</param>
public sealed record ClubStep(
    ClubPost After, ImmutableArray<SourceEvent> Events, ImmutableArray<DerivedKey> Changed,
    ImmutableArray<LearnedPeer> Peers, ImmutableArray<ClubQuestion> Questions);

/// <summary>The other person of an event that was stored without one.</summary>
/// <param name="Uuid">The event's.</param>
/// <param name="Peer">An id of the source's namespace.</param>
public readonly record struct LearnedPeer(Guid Uuid, string Peer);

using System.Collections.Immutable;

namespace Stk.GrainInterfaces.Participants;

/// <summary><see cref="RecordRequest"/> as API hosts of the build before send it.</summary>
/// <param name="Source">The ingest token's <c>sub</c>.</param>
/// <param name="Events">In the order sent.</param>
[GenerateSerializer, Immutable, Alias("stk.record-request")]
public sealed record SentRequest(
    [property: Id(0)] string Source, [property: Id(1)] ImmutableArray<SentEvent> Events);

/// <summary>One well-formed event of the participant who is asked.</summary>
/// <param name="At">UTC, whole microseconds.</param>
/// <param name="Days"><c>properties.days</c>, where the type takes it.</param>
/// <param name="Retracts"><c>properties.retracts</c>, on a retraction.</param>
/// <param name="Level"><c>properties.level</c>, on a change of qualification.</param>
[GenerateSerializer, Immutable, Alias("stk.sent-event")]
public sealed record SentEvent(
    [property: Id(0)] Guid Uuid,
    [property: Id(1)] string Type,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] int? Days,
    [property: Id(4)] Guid? Retracts,
    [property: Id(5)] int? Level);

using System.Buffers.Binary;
using Stk.Rules.Participants;

namespace Stk.Grains.Participants;

/// <summary>
/// The ids of operators' changes. A clock that stands gives many changes one instant: of these the id decides which was
/// the last, so each must sort behind those before it. A UUIDv7 alone does not: within a millisecond its order is chance.
/// </summary>
internal static class ChangeIds
{
    /// <summary>Behind every change of <c>admin</c> that the participant has.</summary>
    public static Guid Next(ParticipantMemory memory) =>
        After([.. OfAdmin(memory.Levels), .. OfAdmin(memory.Exclusions)]);

    public static Guid After(IReadOnlyCollection<Guid> before)
    {
        var next = Guid.CreateVersion7();
        return before.Count > 0 && before.Max() is var last && last >= next
            ? Guid.CreateVersion7(TimeOf(last).AddMilliseconds(1))
            : next;
    }

    private static IEnumerable<Guid> OfAdmin<T>(Timeline<T> timeline) =>
        timeline.Changes.Where(change => change.Source == "admin").Select(change => change.Uuid);

    // RFC 9562, section 5.7: the first 48 bits are milliseconds since 1970.
    private static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16);
    }
}

using System.Globalization;
using System.Text;

namespace Stk.Benchmarks.Http;

/// <summary>
/// Requests full of events, made before the measurement: only the uuids are written in anew, so that the load generator
/// takes little of the machine that it measures.
/// </summary>
internal sealed class EventBodies
{
    private const int Prepared = 64;
    private const string Blank = "00000000-0000-0000-0000-000000000000";

    private readonly (byte[] Bytes, int[] Uuids)[] _bodies;

    public EventBodies(int participants, int events)
    {
        Events = events;
        _bodies = [.. Enumerable.Range(0, Prepared).Select(number => Prepare(new Random(number), participants, events))];
    }

    /// <summary>In each body.</summary>
    public int Events { get; }

    /// <summary>One that nobody has sent yet.</summary>
    public byte[] Next(int number)
    {
        var (bytes, uuids) = _bodies[number % Prepared];
        var body = (byte[])bytes.Clone();
        foreach (var place in uuids)
        {
            Guid.NewGuid().TryFormat(body.AsSpan(place), out _);
        }

        return body;
    }

    /// <summary>How many events an answer says are stored.</summary>
    public static int Stored(ReadOnlySpan<byte> answer) =>
        answer.Count("\"counted\""u8) + answer.Count("\"over_limit\""u8);

    private static (byte[] Bytes, int[] Uuids) Prepare(Random random, int participants, int events)
    {
        string[] types = ["SectionCompleted", "ExerciseSave", "ClubLikeGiven", "ClubLikeReceived", "ClubCommentCreated"];
        var json = new StringBuilder("[");
        var uuids = new int[events];
        for (var i = 0; i < events; i++)
        {
            json.Append(i == 0 ? "" : ",").Append("{\"uuid\":\"");
            uuids[i] = json.Length;
            json.Append(
                CultureInfo.InvariantCulture,
                $$"""{{Blank}}","event":"{{types[random.Next(types.Length)]}}","distinct_id":"p{{random.Next(participants)}}","timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}}","properties":{} }""");
        }

        return (Encoding.ASCII.GetBytes(json.Append(']').ToString()), uuids);
    }
}

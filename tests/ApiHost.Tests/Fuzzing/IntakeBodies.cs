using System.Text;

namespace Stk.ApiHost.Tests.Fuzzing;

/// <summary>
/// Bodies for intake, as a seed says: events whose members are good, odd or missing, and bytes made worse.
/// </summary>
internal static class IntakeBodies
{
    // Each once as JSON of the right kind for its place, then what fits nowhere.
    private static readonly string[] Odd =
    [
        "null", "true", "0", "-1", "1e400", "9007199254740993", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e\"", "\"é\\u0301\"",
        "[]", "{}", "[[[[]]]]", "{\"a\":1,\"a\":2}", "\"0190c2f0-0000-7000-8000-00000000000\"", "\"a\\nb\"", "\" \"",
    ];

    private static readonly string[] Types =
    [
        "ExerciseSave", "ProjectMilestoneCompleted", "QualificationChanged", "ExerciseSaveRetracted", "PageView", "MentoringSessionCompleted",
    ];

    private static readonly string[] Times =
    [
        "2025-12-18T09:00:00Z", "2025-12-18T09:00:00.123456789+14:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00",
        "2025-02-30T00:00:00Z", "2025-12-18 09:00:00Z", "2025-12-18T24:00:00Z", "2016-12-31T23:59:60Z",
    ];

    public static byte[] Of(Random random)
    {
        var text = random.Next(4) == 0
            ? $"[{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Event(random)))}]"
            : Event(random);
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(2) == 0 ? Mutation.Of(bytes, random) : bytes;
    }

    private static string Event(Random random)
    {
        var members = new List<string>();
        Add("uuid", $"\"{new Guid(random.Next(3), 0, 0, new byte[8])}\"");
        Add("event", $"\"{Types[random.Next(Types.Length)]}\"");
        Add("distinct_id", $"\"fuzz-{random.Next(5)}\"");
        Add("timestamp", $"\"{Times[random.Next(Times.Length)]}\"");
        Add("properties", Properties(random));
        if (random.Next(8) == 0)
        {
            Add("sent_at", "1");
        }

        return $"{{{string.Join(',', members)}}}";

        void Add(string name, string value)
        {
            switch (random.Next(20))
            {
                case 0:
                    break;
                case 1:
                    members.Add($"\"{name}\":{Odd[random.Next(Odd.Length)]}");
                    break;
                case 2:
                    members.Add($"\"{name}\":{value}");
                    goto default;
                default:
                    members.Add($"\"{name}\":{value}");
                    break;
            }
        }
    }

    private static string Properties(Random random) =>
        $"{{{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(4) switch
        {
            0 => $"\"days\":{(random.Next(2) == 0 ? $"{random.Next(55, 95)}" : Odd[random.Next(Odd.Length)])}",
            1 => $"\"level\":{(random.Next(2) == 0 ? $"{random.Next(0, 10)}" : Odd[random.Next(Odd.Length)])}",
            2 => $"\"retracts\":{(random.Next(2) == 0 ? $"\"{new Guid(random.Next(3), 0, 0, new byte[8])}\"" : Odd[random.Next(Odd.Length)])}",
            _ => $"\"other\":{Odd[random.Next(Odd.Length)]}",
        }))}}}";
}

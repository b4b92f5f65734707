using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Testing.Economies;

/// <summary>Something that a person is to have done.</summary>
/// <param name="Key">Whatever tells this event from others: the same key is the same event.</param>
/// <param name="Type"><c>ExerciseSave</c>.</param>
public sealed record PlannedEvent(string Key, string Type, string Participant, DateTimeOffset At)
{
    public Guid Uuid => IdOf(Key);

    /// <param name="at">ISO 8601.</param>
    public static PlannedEvent Of(string key, string type, string participant, string at) =>
        new(key, type, participant, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));

    public static Guid IdOf(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}

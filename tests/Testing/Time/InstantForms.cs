namespace Stk.Testing.Time;

/// <summary>How an instant may be written and how not: one table for the parser and for every door that takes one.</summary>
public static class InstantForms
{
    /// <summary>Each with the instant that it is, to the microsecond.</summary>
    public static readonly IReadOnlyList<(string Text, DateTimeOffset At)> Good =
    [
        ("2025-12-24T17:27:43Z", At(43, 0)),
        ("2025-12-24T17:27Z", At(0, 0)),
        ("2025-12-24 17:27:43Z", At(43, 0)),
        ("2025-12-24T17:27:43.5Z", At(43, 500_000)),
        ("2025-12-24 17:27:43.131+00", At(43, 131_000)),
        ("2025-12-24T17:27:43.131+0000", At(43, 131_000)),
        ("2025-12-24t17:27:43.131z", At(43, 131_000)),
        ("2025-12-24T17:27:43.131-00:00", At(43, 131_000)),
        ("2025-12-24T20:27:43+03:00", At(43, 0)),
        ("2025-12-24T11:57:43-05:30", At(43, 0)),
        ("2025-12-24 20:27:43.123456+03:00", At(43, 123_456)),
        ("2025-12-24T17:27:43.1234567Z", At(43, 123_456)),
        ("2025-12-24T17:27:43.123456789Z", At(43, 123_456)),
        ("2025-12-24T17:27:43.999999999Z", At(43, 999_999)),
        ("2025-12-24T17:27:43.000000000000001Z", At(43, 0)),
    ];

    public static readonly IReadOnlyList<string> Bad =
    [
        "", "Z", "now", "1766597263", "2025-12-24T17:27:43", "2025-12-24 17:27:43.123456789", "2025-12-24T17Z",
        "2025-02-30T17:27:43Z", "2025-13-01T17:27:43Z", "2025-12-24T24:00:00Z", "2025-12-24T17:60:00Z",
        "2025-12-24T23:59:60Z", "2025-12-24T17:27:43.Z", "2025-12-24T17:27:43,5Z", "2025-12-24T17:27:43 Z",
        "2025-12-24  17:27:43Z", "2025-12-24_17:27:43Z", "2025-12-24T17:27:43+24:00", "2025-12-24T17:27:43+3",
        "20251224T172743Z", "2025-W52-3T17:27:43Z", "Wed, 24 Dec 2025 17:27:43 GMT", "２025-12-24T17:27:43Z",
    ];

    private static DateTimeOffset At(int second, int micros) =>
        new DateTimeOffset(2025, 12, 24, 17, 27, second, TimeSpan.Zero).AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}

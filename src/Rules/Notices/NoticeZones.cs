using System.Text.RegularExpressions;

namespace Stk.Rules.Notices;

/// <summary>Time zones that a person may name: those of the IANA's list that are places, and UTC.</summary>
public static partial class NoticeZones
{
    public const string Default = "Europe/Moscow";

    public const string Rule = "must be a time zone of the IANA's list, such as Europe/Moscow";

    private const int MaxCharacters = 64;

    /// <summary>Whether this machine's list has it.</summary>
    public static bool IsKnown(string name) => TryFind(name) is not null;

    /// <summary>The zone; the default where this machine's list is older than a name, UTC where it has neither.</summary>
    public static TimeZoneInfo Find(string name) => TryFind(name) ?? TryFind(Default) ?? TimeZoneInfo.Utc;

    // A name is a path below the list's folder: nothing else of that folder, and nothing outside, is a place.
    private static TimeZoneInfo? TryFind(string name) => name == "UTC" ? TimeZoneInfo.Utc
        : name.Length <= MaxCharacters && Place().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;

    [GeneratedRegex(@"\A(?!posix/|right/)[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}\z")]
    private static partial Regex Place();
}

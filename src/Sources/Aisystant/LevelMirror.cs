using System.Globalization;
using Stk.Rules.Causes;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;

namespace Stk.Sources.Aisystant;

/// <summary>
/// The level of one participant as the platform has said it last, so that the same profile seen again gives no second event
/// and an older page gives none at all.
/// </summary>
/// <param name="Level">As said last.</param>
/// <param name="Since">As said last.</param>
/// <param name="At">Of the last event: the same, or just after the one before where the platform corrects itself.</param>
/// <param name="UpdatedAt">Of the profile that said it.</param>
public sealed record LevelMirror(int Level, DateTimeOffset Since, DateTimeOffset At, DateTimeOffset UpdatedAt)
{
    /// <summary>What a profile changes.</summary>
    /// <param name="before">Null where nothing was known.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="given">A <c>QualificationChanged</c>; null where the profile says nothing new.</param>
    public static LevelMirror After(
        LevelMirror? before, PlatformProfile profile, string source, string ofNamespace, out SourceEvent? given)
    {
        given = null;
        if (before is not null)
        {
            if (profile.UpdatedAt < before.UpdatedAt)
            {
                return before;
            }

            if (profile.Level == before.Level && profile.LevelSince == before.Since)
            {
                return before with { UpdatedAt = profile.UpdatedAt };
            }
        }

        // The last by time decides, and a level is not taken back: a correction of the past stands after what it corrects.
        var at = profile.LevelSince <= before?.At ? before.At.AddMicroseconds(1) : profile.LevelSince;
        var after = new LevelMirror(profile.Level, profile.LevelSince, at, profile.UpdatedAt);
        var uuid = CauseId.Of(
            "source-event", source, "participant", profile.Id, profile.Id, "level",
            profile.Level.ToString(CultureInfo.InvariantCulture), at.UtcTicks.ToString(CultureInfo.InvariantCulture));
        var made = SourceEvent.Of(uuid, ControlEvents.QualificationChanged, ofNamespace, profile.Id, at);
        given = made with { Activity = made.Activity with { Level = profile.Level } };
        return after;
    }
}

using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Pages;

/// <summary>What every page has: language, look, who reads it and when it was made.</summary>
/// <param name="Theme">light, dark or system.</param>
/// <param name="Zone">The reader's; UTC where the browser has not said it yet.</param>
/// <param name="Path">Of the page, with its query: where the choice of a language comes back to.</param>
/// <param name="Subject">Who is signed in; null where nobody is.</param>
/// <param name="FormToken">What forms of this session carry; null where nobody is signed in.</param>
/// <param name="Standing">Where the participant stands; null where nobody is signed in, or it could not be read.</param>
/// <param name="At">When the page was made, by real time.</param>
public sealed record PageFrame(
    PageWords Words, string Theme, TimeZoneInfo Zone, string Path, string? Subject, string? FormToken,
    StandingReply? Standing, DateTimeOffset At, PageAssets Assets)
{
    /// <summary>Whether anybody can sign in here.</summary>
    public bool CanSignIn { get; init; }

    /// <summary>Whether this is the page of the menu's entry, or one below it.</summary>
    public bool IsAt(string entry)
    {
        var path = Path.Split('?')[0];
        return path == entry || (entry != "/" && path.StartsWith(entry + "/", StringComparison.Ordinal));
    }
}

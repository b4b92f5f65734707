using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.Notices;

/// <summary>In which a person is told of things. Stored: add at the end, never renumber.</summary>
public enum NoticeLanguage : short
{
    Russian = 1,
    English = 2,
}

public static class NoticeLanguages
{
    public static readonly ImmutableArray<NoticeLanguage> All = [NoticeLanguage.Russian, NoticeLanguage.English];

    public static string WireName(this NoticeLanguage language) => language switch
    {
        NoticeLanguage.Russian => "ru",
        NoticeLanguage.English => "en",
        _ => throw new UnreachableException(),
    };
}

using Microsoft.Extensions.DependencyInjection;
using Stk.Reports.Notices;

namespace Stk.Grains.Notices;

internal static class NoticesRegistration
{
    /// <summary>What people are told of things with.</summary>
    /// <exception cref="InvalidDataException">A template is missing, or does not fit its kind: named.</exception>
    public static void AddNotices(this IServiceCollection services)
    {
        NoticeTexts.Check();
        services.AddSingleton<NoticeTable>();
        services.AddSingleton<PreferenceTable>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<LinkKey>();
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.GrainInterfaces.Notices;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Has one notice, and the preferences that it was given last. Links are their kind's name.</summary>
public sealed class FakeNotices : INoticesGrain, INoticeLinksGrain
{
    public static readonly Guid Known = new("0190c2f0-0000-7000-8000-00000000000a");

    public ListNotices? LastAsked { get; private set; }

    public ConcurrentQueue<(Guid Id, bool IsThrough)> ReadOnes { get; } = new();

    public InboxState State { get; set; } = new(1, Known);

    public NoticeChoices Choices { get; set; } = new(
        "ru", "Europe/Moscow", 1320, 480, "immediate",
        ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    public ConcurrentQueue<string> Ended { get; } = new();

    public Task<InboxPage> List(ListNotices request, CancellationToken cancellation)
    {
        LastAsked = request;
        return Task.FromResult(request.Page.Cursor is not (null or "good")
            ? new InboxPage([], 0, null, IsCursorValid: false)
            : new InboxPage(
                [
                    new(
                        Known, "vesting.released", DateTimeOffset.UnixEpoch,
                        """{"week":"2025-W51","released":"6.666667"}""", "Разморожено 6,666667 STK", IsRead: false),
                ],
                3, "good"));
    }

    public Task<InboxState> GetState(CancellationToken cancellation) => Task.FromResult(State);

    public Task<bool> Read(Guid notice, CancellationToken cancellation)
    {
        ReadOnes.Enqueue((notice, false));
        return Task.FromResult(notice == Known);
    }

    public Task<bool> ReadThrough(Guid notice, CancellationToken cancellation)
    {
        ReadOnes.Enqueue((notice, true));
        return Task.FromResult(notice == Known);
    }

    public Task<NoticeChoices> GetPreferences(CancellationToken cancellation) => Task.FromResult(Choices);

    public Task<NoticeChoices?> SetPreferences(NoticeChoices choices, CancellationToken cancellation) =>
        Task.FromResult<NoticeChoices?>(Choices = choices);

    public Task<string> GetLanguage(CancellationToken cancellation) => Task.FromResult(Choices.Language);

    public Task<LinkedNotices?> Find(string link, CancellationToken cancellation) => Task.FromResult(About(link));

    public Task<LinkedNotices?> Unsubscribe(string link, CancellationToken cancellation)
    {
        Ended.Enqueue(link);
        return Task.FromResult(About(link));
    }

    private static LinkedNotices? About(string link) => link == "weekly" ? new("weekly", "email", "en") : null;
}

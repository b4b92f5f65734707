using System.Collections.Immutable;
using System.Text.Json;
using Stk.GrainInterfaces.Notices;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Reports.Notices;
using Stk.Rules.Notices;

namespace Stk.Grains.Notices;

/// <summary>What a participant was told, page by page, newest first.</summary>
internal sealed class Inbox(NoticeTable notices, PreferenceTable preferences)
{
    public async Task<InboxPage> Read(
        string id, long? participant, ListNotices request, CancellationToken cancellation)
    {
        var cursors = new Cursors("notices", id);
        if (!TryBefore(request.Page, cursors, out var before))
        {
            return new([], 0, null, IsCursorValid: false);
        }

        if (participant is not { } number)
        {
            return new([], 0, null);
        }

        var read = await notices.Read(
            number, request.IsRead, before.At, before.Id, request.Page.Limit + 1, cancellation);
        var language = (await preferences.Read(number, cancellation)).Language;
        var shown = read.Take(request.Page.Limit).ToImmutableArray();
        return new(
            [.. shown.Select(notice => Shown(notice, language, request.ShowsNotes))],
            (await notices.ReadState(number, cancellation)).Unread, Next(read, shown, cursors));
    }

    /// <summary>The same, as an API host of the build before asks for it.</summary>
    public async Task<NoticePage> Read(
        string id, long? participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("notices", id);
        if (!TryBefore(request, cursors, out var before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (participant is not { } number)
        {
            return new([], null);
        }

        var read = await notices.Read(number, null, before.At, before.Id, request.Limit + 1, cancellation);
        var shown = read.Take(request.Limit).ToImmutableArray();
        return new(
            [
                .. shown.Select(notice =>
                    new NoticeView(notice.Id, notice.Kind, notice.At, notice.Values, notice.IsRead)),
            ],
            Next(read, shown, cursors));
    }

    private static InboxNotice Shown(StoredNotice notice, NoticeLanguage language, bool showsNotes)
    {
        var values = notice.Told(showsNotes);
        using var told = JsonDocument.Parse(values);
        return new(
            notice.Id, notice.Kind, notice.At, values,
            NoticeTexts.Render(notice.Kind, language, told.RootElement).Text, notice.IsRead);
    }

    private static bool TryBefore(PageRequest request, Cursors cursors, out PlaceInTime before)
    {
        before = new(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        return request.Cursor is not { } cursor || cursors.TryReadPlace(cursor, out before);
    }

    private static string? Next(
        ImmutableArray<StoredNotice> read, ImmutableArray<StoredNotice> shown, Cursors cursors) =>
        read.Length > shown.Length ? cursors.WritePlace(new(shown[^1].At, shown[^1].Id, 0)) : null;
}

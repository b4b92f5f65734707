using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sessions;
using Stk.GrainInterfaces.Participants;
using Stk.Reports.Weekly;
using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <summary>All that came and went, narrowed by kind and days, which stand in the address.</summary>
internal static class HistoryPage
{
    private const string Path = "/history";
    private const int OnPage = 25;
    private const int OnCsvPage = 100;
    private const int CursorCharactersMax = 512;

    private static readonly FrozenSet<string> Kinds =
        TransactionKinds.OfParticipants.Select(kind => kind.WireName()).ToFrozenSet(StringComparer.Ordinal);

    public static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var frame = await PageFrames.Of(context);
        var filter = Read(context.Request.Query);
        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(frame.Subject!)
                .GetTransactions(filter.Request(OnPage), attempt),
            context.RequestAborted);
        if (!page.IsCursorValid)
        {
            // The list begins anew, and says why.
            filter = filter with { Cursor = null, Fault = "history.bad.cursor" };
            page = await calls.Read(
                (grains, attempt) => grains.GetGrain<IRecordsGrain>(frame.Subject!)
                    .GetTransactions(filter.Request(OnPage), attempt),
                context.RequestAborted);
        }

        return new PageResult<History>(frame, new HistoryModel(
            page.Transactions, filter.Kind, filter.FromText, filter.ToText, filter.Fault,
            page.Next is { } next ? Address(Path, filter with { Cursor = next }) : null, Address($"{Path}.csv", filter)));
    }

    public static async Task<IResult> Operation(string id, HttpContext context, GrainCalls calls)
    {
        var frame = await PageFrames.Of(context);
        return Guid.TryParse(id, out var transaction) && await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(frame.Subject!).GetTransaction(transaction, attempt),
            context.RequestAborted) is { } found
            ? new PageResult<Operation>(frame, found)
            : Problem.NotFound();
    }

    /// <summary>The whole selection, for a spreadsheet: page by page, however long it is.</summary>
    public static async Task Csv(HttpContext context, GrainCalls calls)
    {
        var subject = context.Features.Get<PageCaller>()!.Session.Subject;
        var words = PageView.Words(context.Request);
        var filter = Read(context.Request.Query) with { Cursor = null };
        var response = context.Response;
        string? cursor = null;
        var isBegun = false;
        do
        {
            var request = filter.Request(OnCsvPage) with { Cursor = cursor };
            var page = await calls.Read(
                (grains, attempt) => grains.GetGrain<IRecordsGrain>(subject).GetTransactions(request, attempt),
                context.RequestAborted);
            if (!isBegun)
            {
                isBegun = true;
                response.ContentType = "text/csv; charset=utf-8; header=present";
                response.Headers.ContentDisposition = "attachment; filename=\"stk-history.csv\"";
                await response.Body.WriteAsync(SpreadsheetCsv.Mark, context.RequestAborted);
                await response.WriteAsync(words["history.csv.head"] + "\r\n", context.RequestAborted);
            }

            await response.Body.WriteAsync(
                SpreadsheetCsv.Rewritten(
                    Encoding.UTF8.GetBytes(string.Concat(page.Transactions.Select(one => Line(one, words))))),
                context.RequestAborted);
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string Line(TransactionView one, PageWords words) => string.Join(',', new[]
    {
        PageWords.Utc(one.At), words.Kind(one.Kind), one.Available.ToString(), one.Frozen.ToString(),
        one.Settling.ToString(), one.AvailableAfter?.ToString() ?? "", one.Counterparty ?? "", one.Service ?? "",
        one.Note ?? "", one.Id.ToString(),
    }.Select(Quoted)) + "\r\n";

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Filter Read(IQueryCollection query)
    {
        var (kind, from, to) = (One(query, "kind"), One(query, "from"), One(query, "to"));
        var filter = new Filter(One(query, "cursor"), kind, from, to, null, null, Fault: null);
        if (filter.Cursor is { Length: > CursorCharactersMax })
        {
            filter = filter with { Cursor = null };
        }

        if (kind is not null && !Kinds.Contains(kind))
        {
            return filter.Broken("history.bad.kind");
        }

        if (!TryDay(from, out var first) || !TryDay(to, out var last))
        {
            return filter.Broken("history.bad.day");
        }

        return first > last ? filter.Broken("history.bad.order") : filter with { From = first, To = last };
    }

    // A field that was left blank narrows nothing.
    private static string? One(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (text is null)
        {
            return true;
        }

        var isRead = DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            && read.Year is >= 2000 and < 9000;
        day = read;
        return isRead;
    }

    private static string Address(string path, Filter filter) => QueryHelpers.AddQueryString(
        path,
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["kind"] = filter.Kind,
            ["from"] = filter.FromText,
            ["to"] = filter.ToText,
            ["cursor"] = filter.Cursor,
        }.Where(pair => pair.Value is not null));

    /// <param name="Fault">The text of what is wrong with it: then it narrows nothing.</param>
    private sealed record Filter(
        string? Cursor, string? Kind, string? FromText, string? ToText, DateOnly? From, DateOnly? To, string? Fault)
    {
        public Filter Broken(string fault) => this with { Cursor = null, Fault = fault };

        public PageRequest Request(int limit) => Fault is not null and not "history.bad.cursor"
            ? new(null, limit)
            : new(Cursor, limit, Kind, Begin(From), Begin(To?.AddDays(1)));

        private static DateTimeOffset? Begin(DateOnly? day) =>
            day is { } said ? new(said, TimeOnly.MinValue, TimeSpan.Zero) : null;
    }
}

/// <param name="Fault">The text of what is wrong with the filter; null where nothing is.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="Csv">The whole selection as a file.</param>
public sealed record HistoryModel(
    ImmutableArray<TransactionView> Operations, string? Kind, string? From, string? To, string? Fault, string? Next,
    string Csv)
{
    public bool IsNarrowed => Kind is not null || From is not null || To is not null;
}

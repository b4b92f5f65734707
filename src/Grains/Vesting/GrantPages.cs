using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.Paging;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Vesting;

namespace Stk.Grains.Vesting;

/// <summary>Frozen rewards page by page, each with what is said of its events.</summary>
internal sealed class GrantPages(
    NpgsqlDataSource database, GrantListTable list, GrantReading reading, IClock clock)
{
    private static readonly PlaceInTime First = new(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.Empty, 0);
    private static readonly PlaceInTime Last =
        new(new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet, short.MaxValue);

    private DateOnly Today => DateOnly.FromDateTime(clock.Now.UtcDateTime);

    /// <summary>A participant's own, those that unlock last first.</summary>
    public async Task<GrantPage> ReadOf(
        string id, long? participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("vesting", id);
        var before = Last;
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        return participant is { } number
            ? await Page(
                await list.ReadOf(number, before, request.Limit + 1, cancellation), request.Limit, cursors, UnlockPlace,
                cancellation)
            : new([], null);
    }

    /// <summary>Everybody's in one state.</summary>
    public async Task<GrantPage> Read(PageRequest request, GrantState state, CancellationToken cancellation)
    {
        var isOpen = state is GrantState.Frozen or GrantState.Waiting;
        var cursors = new Cursors("vesting-" + state.WireName(), "");
        var from = isOpen ? First : Last;
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out from))
        {
            return new([], null, IsCursorValid: false);
        }

        return isOpen
            ? await Page(
                await list.ReadOpen(state, Today, from, request.Limit + 1, cancellation), request.Limit, cursors,
                UnlockPlace, cancellation)
            : await Page(
                await list.ReadDecided(state, from, request.Limit + 1, cancellation), request.Limit, cursors,
                DecisionPlace, cancellation);
    }

    /// <summary>As it stands now.</summary>
    public async Task<GrantView> Show(ListedGrant grant, CancellationToken cancellation) =>
        (await Views([grant], cancellation))[0];

    private async Task<GrantPage> Page(
        ImmutableArray<ListedGrant> read, int limit, Cursors cursors, Func<ListedGrant, PlaceInTime> place,
        CancellationToken cancellation)
    {
        var shown = read.Length > limit ? read[..limit] : read;
        return new(
            await Views(shown, cancellation),
            read.Length > limit ? cursors.WritePlace(place(shown[^1])) : null);
    }

    private static PlaceInTime UnlockPlace(ListedGrant grant) => new(
        Midnight(grant.Grant.UnlocksOn), grant.Id.Transaction, (short)(grant.Id.Position ?? 0));

    private static PlaceInTime DecisionPlace(ListedGrant grant) => new(
        Midnight(grant.Decision!.Day), grant.Grant.DecisionId, 0); // of a list of decided ones

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private async Task<ImmutableArray<GrantView>> Views(
        ImmutableArray<ListedGrant> grants, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var lastSettled = await GrantTable.ReadLastSettled(connection, cancellation);
        var judged = (await reading.Judge(
            connection,
            [
                .. grants.Where(one => one.Grant.Origin is GrantOrigin.Weekly)
                    .Select(one => new AskedGrant(one.Grant, lastSettled)),
            ],
            cancellation)).ToDictionary(one => one.Grant.DecisionId);
        var verdicts = await DecisionTable.ReadVerdicts(
            connection, [.. grants.Where(one => one.Decision is not null).Select(one => one.Grant.DecisionId)],
            cancellation);
        return [.. grants.Select(one => View(one, judged.GetValueOrDefault(one.Grant.DecisionId), verdicts))];
    }

    private GrantView View(ListedGrant listed, JudgedGrant? judged, ILookup<Guid, VerdictRow> verdicts)
    {
        var (grant, decision) = (listed.Grant, listed.Decision);
        var weekly = grant.Origin as GrantOrigin.Weekly;
        ImmutableArray<GrantEventView> events = decision is null
            ? [.. (judged?.Events ?? []).Select(one => new GrantEventView(
                one.Place.Uuid, one.Verdict?.Verdict, one.Verdict?.Evidence))]
            : [.. verdicts[grant.DecisionId].Select(row => new GrantEventView(row.Uuid, row.Verdict, row.Evidence))];
        return new(
            listed.Id.ToString(), listed.Owner, weekly?.Week, weekly?.Type, VestingPayments.FundOf(grant.Origin),
            grant.VestsDays, grant.Amount, grant.UnlocksOn, State(grant, decision),
            judged?.Condition?.Evidence.WireName(), GrantDecision.DecidesBy(grant.UnlocksOn, judged?.Condition), events,
            decision?.Released ?? Amount.Zero, decision?.Cancelled ?? Amount.Zero, decision?.At);
    }

    private GrantState State(StoredGrant grant, ListedDecision? decision) => decision switch
    {
        null => GrantStates.OfOpen(grant.UnlocksOn, Today),
        { Released: var released } when released > Amount.Zero => GrantState.Released,
        _ => GrantState.Cancelled,
    };
}

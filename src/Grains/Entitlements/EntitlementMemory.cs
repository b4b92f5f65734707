using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Services;
using Stk.Rules.Spending;

namespace Stk.Grains.Entitlements;

/// <summary>
/// What one participant may use, as its actor remembers it: read when first asked about, and then told of each change.
/// Belongs to one activation; the database decides about every use.
/// </summary>
internal sealed class EntitlementMemory(EntitlementTable table)
{
    private ImmutableArray<EntitlementView>? _all;
    private long _changes;

    /// <summary>Newest first.</summary>
    public async ValueTask<ImmutableArray<EntitlementView>> Get(long? participant, CancellationToken cancellation)
    {
        while (true)
        {
            if (_all is { } known)
            {
                return known;
            }

            if (participant is not { } number)
            {
                return [];
            }

            var before = _changes;
            var read = await table.Read(number, cancellation);
            if (before == _changes)
            {
                _all = read;
            }
        }
    }

    /// <summary>Takes what has changed in the database.</summary>
    public void Update(EntitlementView changed)
    {
        _changes++;
        if (_all is { } known)
        {
            _all = known.FirstOrDefault(one => one.Id == changed.Id) is { } before
                ? known.Replace(before, changed)
                : known.Insert(0, changed);
        }
    }

    /// <summary>Reads again when next asked: something has changed, or may have.</summary>
    public void Forget()
    {
        _changes++;
        _all = null;
    }

    public async ValueTask<EntitlementCheck> Check(long? participant, string service, DateTimeOffset now) =>
        Check(await Get(participant, CancellationToken.None), service, now);

    // One walk and nothing made: it sits in other systems' requests, and a person may have bought hundreds.
    private static EntitlementCheck Check(ImmutableArray<EntitlementView> all, string service, DateTimeOffset now)
    {
        var (isActive, isEndless, isUncounted) = (false, false, false);
        DateTimeOffset? until = null;
        var left = 0;
        foreach (var one in all)
        {
            if (one.Service != service || !one.IsActiveAt(now))
            {
                continue;
            }

            isActive = true;
            isEndless |= one.Until is null;
            isUncounted |= one.Left is null;
            until = until is null || one.Until > until ? one.Until : until;
            left += one.Left ?? 0;
        }

        return isActive
            ? new(true, isEndless ? null : until, isUncounted ? null : left)
            : new(false, null, null);
    }

    public async Task<SpendingReply<UseView>> Use(
        long? participant, UseRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        // As often as another activation was first: each time one session less is left.
        while (true)
        {
            if (await table.FindUse(request.Source, request.Id, cancellation) is { } stored)
            {
                return stored.Participant == participant && stored.Service == request.Service
                    ? new SpendingReply<UseView>.Done(stored.View, IsReplay: true)
                    : new SpendingReply<UseView>.KeyReused();
            }

            var all = await Get(participant, cancellation);
            if (SessionChoice.Of(Counted(all, request.Service), now) is not { } chosen)
            {
                return new SpendingReply<UseView>.Refused(SpendingRefusal.NoEntitlement, IsReplay: false);
            }

            if (await Use(request, chosen.Id, now) is { } left)
            {
                var used = all.First(one => one.Id == chosen.Id);
                Update(used with { Used = (used.Sessions ?? 0) - left });
                return new SpendingReply<UseView>.Done(new(request.Id, chosen.Id, now, left), IsReplay: false);
            }

            Forget();
        }
    }

    private static IEnumerable<CountedEntitlement> Counted(ImmutableArray<EntitlementView> all, string service) => all
        .Where(one => one.Service == service && one.EndedAt is null && one.Left is not null)
        .Select(one => new CountedEntitlement(one.Id, one.From, one.Until, one.Left ?? 0));

    // Null where it must be looked at again.
    private async Task<int?> Use(UseRequest request, Guid entitlement, DateTimeOffset now)
    {
        try
        {
            return await table.Use(request.Source, request.Id, entitlement, now);
        }
        catch (PostgresException known) when (known.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
        catch
        {
            // It may have landed or not.
            Forget();
            throw;
        }
    }
}

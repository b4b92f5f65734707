using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Grains.Faults;
using Stk.Grains.Requests;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using RuleBookPlan = Stk.Grains.Requests.RequestPlan<int, Stk.GrainInterfaces.RuleBooks.ProposeReply>;

namespace Stk.Grains.RuleBooks;

/// <inheritdoc cref="IRuleBookGrain"/>
internal sealed class RuleBookGrain(RuleBookTable table, ClusterSections sections, KeyedWrites writes, IClock clock)
    : Grain, IRuleBookGrain
{
    private ImmutableArray<RuleBookVersion> _versions = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken) => DatabaseFaults.Translate(async () =>
    {
        await table.InsertFirst(clock.Now, cancellationToken);
        _versions = await table.Read(cancellationToken);
    });

    public Task<ImmutableArray<RuleBookVersion>> GetVersions() => Task.FromResult(_versions);

    public async Task<ProposeReply> Propose(ProposeRequest request, CancellationToken cancellation)
    {
        try
        {
            switch (await writes.Change(request.Key, () => Plan(request, cancellation), cancellation))
            {
                case RequestAnswer<int, ProposeReply>.Refused { Reason: var refusal }:
                    return refusal;
                case RequestAnswer<int, ProposeReply>.KeyReused:
                    return new ProposeReply.KeyReused();
                case RequestAnswer<int, ProposeReply>.Done { View: var number, IsReplay: var isReplay }:
                    _versions = await table.Read(CancellationToken.None);
                    return new ProposeReply.Accepted(_versions.Single(version => version.Version == number), isReplay);
                default:
                    throw new UnreachableException();
            }
        }
        catch (PostgresException conflict) when (conflict.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another activation was first: the next one reads what it stored.
            DeactivateOnIdle();
            return new ProposeReply.NotNow("another version was announced at the same moment");
        }
        catch
        {
            // It may have landed or not.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<RuleBookPlan> Plan(ProposeRequest request, CancellationToken cancellation)
    {
        var number = _versions[^1].Version + 1;
        using var json = JsonDocument.Parse(request.Document);
        switch (RuleBookJson.Read(json.RootElement, number))
        {
            case RuleBookReading.Refused refused:
                // A section that this silo's build does not know is no fault of the document where another's does.
                var unknown = RuleBookSections.Of(json.RootElement).Except(RuleBookSections.Known, StringComparer.Ordinal);
                return new RuleBookPlan.Refuse(await Mixed(unknown, cancellation) ?? Invalid(refused));
            case RuleBookReading.Read { Book: var book }:
                return await Plan(request, book, cancellation);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<RuleBookPlan> Plan(ProposeRequest request, RuleBook book, CancellationToken cancellation)
    {
        // A week that has begun keeps its rules: nobody's activity is worth less than when it was done.
        if (request.EffectiveFrom <= WeekId.Of(clock.Now))
        {
            return new RuleBookPlan.Refuse(new ProposeReply.NotNow("must be a week that has not begun"));
        }

        if (request.EffectiveFrom <= _versions[^1].EffectiveFrom)
        {
            return new RuleBookPlan.Refuse(
                new ProposeReply.NotNow("must be after the week of the version announced last"));
        }

        // As it would be stored: a section that says what silence says is not.
        var document = RuleBookJson.Write(book);
        using var written = JsonDocument.Parse(document);
        return await Mixed(RuleBookSections.Of(written.RootElement), cancellation) is { } mixed
            ? new RuleBookPlan.Refuse(mixed)
            : Plan(new RuleBookVersion(book.Version, request.EffectiveFrom, document, clock.Now, request.By));
    }

    // Null where every silo's build knows them all, or none does.
    private async Task<ProposeReply?> Mixed(IEnumerable<string> named, CancellationToken cancellation)
    {
        var gaps = await sections.Gaps(named, cancellation);
        return gaps.IsEmpty
            ? null
            : new ProposeReply.NotNow(
                $"{string.Join("; ", gaps)}: every silo must be of a build that knows it", NotNowReason.ClusterMixed);
    }

    private static ProposeReply.Invalid Invalid(RuleBookReading.Refused refused) => new(
        [
            .. refused.Objections.Select(objection => new FieldObjection(objection.Field, objection.Rule, objection.Code)),
        ]);

    private RuleBookPlan.Write Plan(RuleBookVersion proposed) => new(
        proposed.Version,
        new(
            proposed.AnnouncedAt, proposed.By, "rules.propose", proposed.EffectiveFrom.ToString(),
            Encoding.UTF8.GetString(_versions[^1].Document), Encoding.UTF8.GetString(proposed.Document), Reason: null),
        RuleBookTable.Add(proposed));
}

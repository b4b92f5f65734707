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
internal sealed class RuleBookGrain(RuleBookTable table, KeyedWrites writes, IClock clock) : Grain, IRuleBookGrain
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
            switch (await writes.Change(request.Key, () => Task.FromResult(Plan(request)), cancellation))
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
            return new ProposeReply.TooLate("another version was announced at the same moment");
        }
        catch
        {
            // It may have landed or not.
            DeactivateOnIdle();
            throw;
        }
    }

    private RuleBookPlan Plan(ProposeRequest request)
    {
        var number = _versions[^1].Version + 1;
        var reading = Read(request.Document, number);
        if (reading is not RuleBookReading.Read { Book: var book })
        {
            return new RuleBookPlan.Refuse(new ProposeReply.Invalid(
                [
                    .. ((RuleBookReading.Refused)reading).Objections
                        .Select(objection => new FieldObjection(objection.Field, objection.Rule, objection.Code)),
                ]));
        }

        // A week that has begun keeps its rules: nobody's activity is worth less than when it was done.
        if (request.EffectiveFrom <= WeekId.Of(clock.Now))
        {
            return new RuleBookPlan.Refuse(new ProposeReply.TooLate("must be a week that has not begun"));
        }

        return request.EffectiveFrom <= _versions[^1].EffectiveFrom
            ? new RuleBookPlan.Refuse(new ProposeReply.TooLate("must be after the week of the version announced last"))
            : Plan(new RuleBookVersion(number, request.EffectiveFrom, RuleBookJson.Write(book), clock.Now, request.By));
    }

    private RuleBookPlan.Write Plan(RuleBookVersion proposed) => new(
        proposed.Version,
        new(
            proposed.AnnouncedAt, proposed.By, "rules.propose", proposed.EffectiveFrom.ToString(),
            Encoding.UTF8.GetString(_versions[^1].Document), Encoding.UTF8.GetString(proposed.Document), Reason: null),
        RuleBookTable.Add(proposed));

    private static RuleBookReading Read(byte[] document, int version)
    {
        using var json = JsonDocument.Parse(document);
        return RuleBookJson.Read(json.RootElement, version);
    }
}

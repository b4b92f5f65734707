using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Grains.Faults;
using Stk.Grains.Requests;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.RuleBooks;

/// <inheritdoc cref="IRuleBookGrain"/>
internal sealed class RuleBookGrain(RuleBookTable table, OperatorDesk desk, IClock clock) : Grain, IRuleBookGrain
{
    private ImmutableArray<RuleBookVersion> _versions = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken) => DatabaseFaults.Told(async () =>
    {
        await table.InsertFirst(clock.Now, cancellationToken);
        _versions = await table.Read(cancellationToken);
    });

    public Task<ImmutableArray<RuleBookVersion>> GetVersions() => Task.FromResult(_versions);

    public async Task<ProposeReply> Propose(ProposeRequest request, CancellationToken cancellation)
    {
        ProposeReply? refusal = null;
        RuleBookVersion? proposed = null;
        try
        {
            var answer = await desk.Answer(
                request.Key,
                () =>
                {
                    (proposed, refusal) = Plan(request);
                    return Task.FromResult(proposed is null ? null : Change(proposed));
                },
                cancellation);
            switch (answer)
            {
                case null:
                    return refusal!; // one of the two is given
                case { Key: KeyUse.Reused }:
                    return new ProposeReply.KeyReused();
                case { Key: KeyUse.Replay, Answer: var number }:
                    return new ProposeReply.Accepted(
                        (await table.Read(cancellation)).Single(version => version.Version == number), IsReplay: true);
                default:
                    _versions = _versions.Add(proposed!); // it was planned
                    return new ProposeReply.Accepted(proposed!);
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

    private (RuleBookVersion? Proposed, ProposeReply? Refusal) Plan(ProposeRequest request)
    {
        var number = _versions[^1].Version + 1;
        var reading = Read(request.Document, number);
        if (reading is not RuleBookReading.Read { Book: var book })
        {
            return (null, new ProposeReply.Invalid(
                [
                    .. ((RuleBookReading.Refused)reading).Objections
                        .Select(objection => new FieldObjection(objection.Field, objection.Rule, objection.Code)),
                ]));
        }

        // A week that has begun keeps its rules: nobody's activity is worth less than when it was done.
        if (request.EffectiveFrom <= WeekId.Of(clock.Now))
        {
            return (null, new ProposeReply.TooLate("must be a week that has not begun"));
        }

        return request.EffectiveFrom <= _versions[^1].EffectiveFrom
            ? (null, new ProposeReply.TooLate("must be after the week of the version announced last"))
            : (new(number, request.EffectiveFrom, RuleBookJson.Write(book), clock.Now, request.By), null);
    }

    private DeskChange<int> Change(RuleBookVersion proposed) => desk.Change(
        new(
            proposed.AnnouncedAt, proposed.By, "rules.propose", proposed.EffectiveFrom.ToString(),
            Encoding.UTF8.GetString(_versions[^1].Document), Encoding.UTF8.GetString(proposed.Document), Reason: null),
        proposed.Version,
        RuleBookTable.Add(proposed));

    private static RuleBookReading Read(byte[] document, int version)
    {
        using var json = JsonDocument.Parse(document);
        return RuleBookJson.Read(json.RootElement, version);
    }
}

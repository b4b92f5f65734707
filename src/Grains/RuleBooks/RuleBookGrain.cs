using System.Collections.Immutable;
using System.Text.Json;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Grains.Faults;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.RuleBooks;

/// <inheritdoc cref="IRuleBookGrain"/>
internal sealed class RuleBookGrain(RuleBookTable table, IClock clock) : Grain, IRuleBookGrain
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
        var number = _versions[^1].Version + 1;
        var reading = Read(request.Document, number);
        if (reading is not RuleBookReading.Read { Book: var book })
        {
            return new ProposeReply.Invalid(
            [
                .. ((RuleBookReading.Refused)reading).Objections
                    .Select(objection => new FieldObjection(objection.Field, objection.Rule)),
            ]);
        }

        // A week that has begun keeps its rules: nobody's activity is worth less than when it was done.
        if (request.EffectiveFrom <= WeekId.Of(clock.Now))
        {
            return new ProposeReply.TooLate("must be a week that has not begun");
        }

        if (request.EffectiveFrom <= _versions[^1].EffectiveFrom)
        {
            return new ProposeReply.TooLate("must be after the week of the version announced last");
        }

        var version = new RuleBookVersion(
            number,
            request.EffectiveFrom,
            RuleBookJson.Write(book),
            clock.Now,
            request.By);
        if (!await table.Insert(version, cancellation))
        {
            // Another activation was first: the next one reads what it stored.
            DeactivateOnIdle();
            return new ProposeReply.TooLate("another version was announced at the same moment");
        }

        _versions = _versions.Add(version);
        return new ProposeReply.Accepted(version);
    }

    private static RuleBookReading Read(byte[] document, int version)
    {
        using var json = JsonDocument.Parse(document);
        return RuleBookJson.Read(json.RootElement, version);
    }
}

using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Activity;
using Stk.Grains.Clocks;
using Stk.Grains.Economy;
using Stk.Grains.Participants;
using Stk.Ledger;
using Stk.Rules.Intake;
using Stk.Rules.Participants;
using Stk.Rules.Weeks;

namespace Stk.Grains.Schedules;

/// <summary>Sets genesis, once, by the first event that may begin the economy.</summary>
internal sealed class GenesisSetting(
    GenesisTable genesis, EconomyCache economy, EconomyClock clock, ParticipantTable participants,
    IOptions<IntakeOptions> intake, ILedger ledger, SiloClocks silos, IGrainFactory grains, ILogger<GenesisSetting> log)
{
    /// <summary>Genesis; null where it is not set and no candidate is acceptable.</summary>
    public async Task<DateTimeOffset?> GetOrSet(ImmutableArray<GenesisCandidate> candidates)
    {
        if (economy.Genesis is null)
        {
            await economy.Refresh(CancellationToken.None);
        }

        if (economy.Genesis is { } known)
        {
            return known;
        }

        foreach (var candidate in candidates)
        {
            if (await IsAcceptable(candidate))
            {
                var set = await genesis.Set(WeekId.Of(candidate.At).Start, CancellationToken.None);
                Log.GenesisSet(log, set);

                // No event is handed out before every silo knows.
                await silos.CatchUp((await ledger.GetHead()).Sequence);
                await grains.GetGrain<IScheduleGrain>(0).Wake();
                return set;
            }
        }

        return null;
    }

    private async Task<bool> IsAcceptable(GenesisCandidate candidate) =>
        candidate.At >= OutcomeRules.Earliest
        && candidate.At - clock.Target <= OutcomeRules.FutureTolerance
        && ((intake.Value.AutoRegistration && ParticipantId.CheckNewcomerByEvent(candidate.DistinctId, "distinct_id") is null)
            || await participants.ReadNumber(candidate.DistinctId, CancellationToken.None) is not null);
}

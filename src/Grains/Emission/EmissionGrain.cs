using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Emission;
using Stk.Grains.Economy;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Emission;
using Stk.Rules.Money;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Emission;

/// <inheritdoc cref="IEmissionGrain"/>
internal sealed class EmissionGrain(
    [PersistentState("emission", GrainStorage.Name)] IPersistentState<EmissionState> state,
    ILedger ledger, EconomyCache economy, IClock clock, ILogger<EmissionGrain> log)
    : Grain, IEmissionGrain
{
    private const int DaysMax = 31;

    public async Task<DateOnly?> Emit(DateOnly through)
    {
        await economy.Refresh(CancellationToken.None);
        if (economy.Genesis is not { } genesis)
        {
            return null;
        }

        var schedule = new EmissionSchedule(genesis);
        var last = state.State.LastDayNumber is { } number ? DateOnly.FromDayNumber(number) : schedule.Genesis.AddDays(-1);

        // Never ahead of this silo's clock: the ledger would refuse the day, and remember for a month that it did.
        var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        var due = through < today ? through : today;
        var until = due.DayNumber - last.DayNumber > DaysMax ? last.AddDays(DaysMax) : due;
        if (until <= last)
        {
            return last;
        }

        try
        {
            for (var day = last.AddDays(1); day <= until; day = day.AddDays(1))
            {
                await Emit(day, schedule);
                FaultPoints.Reach("emission.between-days");
            }

            // Posted first, remembered after: a day posted twice is posted once.
            state.State.LastDayNumber = until.DayNumber;
            state.State.Refusals = 0;
            await state.WriteStateAsync();
            return until;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public async Task<SupplyReply> GetSupply(CancellationToken cancellation)
    {
        var supply = await ledger.GetSupply(cancellation);
        var funds = await ledger.GetBalances([.. Funds.All.Select(AccountId.Fund)], cancellation);
        var now = clock.Now;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var genesis = economy.Genesis;
        var day = genesis is { } begun ? DateOnly.FromDateTime(begun.UtcDateTime) : today;
        var years = new TokenYears(day);
        var year = today >= day ? years.YearOf(today) : 0;
        // What has arrived and is nobody's yet is no more available to anybody than what is outside.
        var onChain = supply.Of(AccountKind.Chain) + supply.Of(AccountKind.ChainSuspense);
        return new(
            genesis,
            year,
            genesis is null ? Amount.Zero : EmissionSchedule.OfYear(year),
            genesis is null ? Amount.Zero : new EmissionSchedule(day).TotalToEndOf(today),
            -supply.Of(AccountKind.Issuance),
            supply.Of(AccountKind.Burned),
            [.. Funds.All.Zip(funds, (fund, state) => new FundView(fund.WireName(), state.Balance))],
            supply.Of(AccountKind.Available),
            supply.Of(AccountKind.Frozen),
            supply.Of(AccountKind.Settling),
            onChain,
            supply.Of(AccountKind.Week),
            supply.Of(AccountKind.Available) + supply.Of(AccountKind.Settling) + onChain,
            genesis is null
                ? null
                : years.StartOf((year / EmissionSchedule.HalvingYears + 1) * EmissionSchedule.HalvingYears),
            now);
    }

    private async Task Emit(DateOnly day, EmissionSchedule schedule)
    {
        var isNext = day.DayNumber == (state.State.LastDayNumber ?? schedule.Genesis.DayNumber - 1) + 1;
        var book = economy.Current.RuleBooks.Of(WeekId.Of(day));
        if (Emissions.Of(day, schedule, book, isNext ? state.State.Refusals : 0) is not { } transaction)
        {
            return;
        }

        var result = await ledger.Post(transaction);
        if (result.Objection is { } refusal)
        {
            state.State.LastDayNumber = day.DayNumber - 1;
            state.State.Refusals = isNext ? state.State.Refusals + 1 : 1;
            await state.WriteStateAsync();
            Log.EmissionRefused(log, transaction.Reference, refusal, state.State.Refusals);
            throw new InvalidOperationException($"the ledger refused the emission of {transaction.Reference}: {refusal}");
        }
    }
}

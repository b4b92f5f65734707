using Npgsql;
using Stk.Grains.Activity;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Overload;

/// <summary>Work whose caller has gone is not begun; a caller's token crosses to the silo with the call.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class GoneCallerTests(EconomyServer server)
{
    [Fact]
    public async Task Waiting_events_whose_caller_has_gone_are_never_stored()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        var at = TestEconomy.FirstWeek.Start;
        await economy.Record("club", Sent.Of("ann", "ExerciseSave", at), Sent.Of("bob", "ExerciseSave", at));
        using var gone = new CancellationTokenSource();
        Task<EventOutcome> first;
        Task<EventOutcome>[] waiting;
        await using (await LockWeeks(economy))
        {
            first = Record(economy, "ann", CancellationToken.None);
            await Eventually.True(async () => await CommitsThatWait(economy) == 1, "the writer waits for the week's row");
            var behindHer = Record(economy, "ann", gone.Token);
            waiting = [behindHer, Record(economy, "bob", gone.Token)];
            var writer = economy.ServiceOf<IntakeWriter>(0);
            await Eventually.True(() => writer.WaitingCount == 1, "bob's events wait for the writer");

            await gone.CancelAsync();

            foreach (var call in waiting)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            }

            // Callers are answered before the silo has heard. Ann's actor hears this call after that one; bob's takes the
            // next only when his events have been given up.
            await economy.Participant("ann").GetBalance();
            await economy.Participant("bob").GetProfile();
        }

        Assert.Equal(EventOutcome.Counted, await first);
        Assert.Equal(EventOutcome.Counted, await Record(economy, "bob", CancellationToken.None));
        Assert.Equal(EventOutcome.Counted, await Record(economy, "ann", CancellationToken.None));
        Assert.Equal(5, await economy.Ask<long>("SELECT count(*) FROM activity.events"));
    }

    private static async Task<EventOutcome> Record(TestEconomy economy, string participant, CancellationToken cancellation)
    {
        var sent = Sent.Of(participant, "ExerciseSave", TestEconomy.FirstWeek.Start);
        var answers = await economy.Participant(participant).Record(new("club", [sent.Event]), cancellation);
        return answers.Single().Outcome;
    }

    // As a seal does: intake waits for it.
    private static async Task<IAsyncDisposable> LockWeeks(TestEconomy economy)
    {
        var connection = await economy.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("BEGIN; SELECT week FROM activity.weeks FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task<long> CommitsThatWait(TestEconomy economy) => economy.Ask<long>(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
}

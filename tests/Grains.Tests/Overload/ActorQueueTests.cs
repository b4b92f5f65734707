using Npgsql;
using Stk.Grains.Tests.Economies;
using Xunit;

namespace Stk.Grains.Tests.Overload;

[Collection(OwnEconomiesCollection.Name)]
public sealed class ActorQueueTests(EconomyServer server)
{
    [Fact]
    public async Task An_actor_with_too_many_calls_waiting_refuses_the_next_at_once_and_answers_those_it_let_in()
    {
        const int Most = 20;
        await using var economy = await server.NewEconomy(new(
            Silos: 1, More: new Dictionary<string, string?> { ["Stk:CallsWaitingMax"] = $"{Most}" }));
        await economy.Begin(TestEconomy.FirstWeek);
        var at = TestEconomy.FirstWeek.Start;
        await economy.Record("club", Sent.Of("ann", "ExerciseSave", at));
        Task[] calls;
        await using (var connection = await economy.Database.OpenConnectionAsync())
        {
            await using var command = new NpgsqlCommand("BEGIN; SELECT week FROM activity.weeks FOR UPDATE", connection);
            await command.ExecuteNonQueryAsync();
            calls =
            [
                .. Enumerable.Range(0, 2 * Most).Select(_ => economy.Participant("ann").Record(
                    new("club", [Sent.Of("ann", "ExerciseSave", at).Event]), CancellationToken.None)),
            ];

            // While those that were let in cannot be answered.
            var first = await Task.WhenAny(calls);
            await Assert.ThrowsAsync<LimitExceededException>(() => first);
        }

        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        var answered = calls.Count(call => call.IsCompletedSuccessfully);
        Assert.InRange(answered, 1, Most + 1);
        Assert.Equal(1 + answered, await economy.Ask<long>("SELECT count(*) FROM activity.events"));
    }
}

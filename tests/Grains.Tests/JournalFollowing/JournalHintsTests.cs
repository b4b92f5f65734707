using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Tests.Economies;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.JournalFollowing;

[Collection(EconomyCollection.Name)]
public sealed class JournalHintsTests(EconomyServer server)
{
    // One connection, which the pool lends again as it was given back.
    [Fact]
    public async Task Who_gets_the_connection_next_hears_nothing()
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"))
        {
            MaxPoolSize = 1,
            NoResetOnClose = true,
        });
        using var end = new CancellationTokenSource();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listening = new JournalHints(database, TimeProvider.System, NullLogger<JournalHints>.Instance)
            .Listen(() => began.TrySetResult(), end.Token);
        await began.Task.WaitAsync(HangLimit.Step);

        await end.CancelAsync();
        await listening;

        await using var channels = database.CreateCommand("SELECT count(*) FROM pg_listening_channels()");
        Assert.Equal(0L, await channels.ExecuteScalarAsync());
    }
}

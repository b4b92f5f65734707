using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Grains.Requests;
using Stk.Grains.Tests.Economies;
using Stk.Ledger;
using Stk.Rules.Time;
using Stk.Storage;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Requests;

/// <summary>An operator's write, whose connection to the database is lost.</summary>
#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime, which disposes them.
[Collection(EconomyCollection.Name)]
public sealed class LostAnswerTests(EconomyServer server) : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly string _by = $"lost-{Guid.NewGuid():N}";
    private TestEconomy _economy = null!; // by InitializeAsync
    private PostgresProxy _proxy = null!; // by InitializeAsync
    private NpgsqlDataSource _database = null!; // by InitializeAsync

    public async Task InitializeAsync()
    {
        _economy = await server.Shared();
        var direct = new NpgsqlConnectionStringBuilder(_economy.Superuser);
        _proxy = new(direct.Port);
        _database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = _proxy.Port, Pooling = false });
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task With_a_key_it_is_asked_again_and_found_done()
    {
        _proxy.CutAtNextCommit();

        var answer = await Change(Spenders.NewKey());

        Assert.Equal("done", Assert.IsType<RequestAnswer<string, string>.Done>(answer).View);
        Assert.Equal((1, 1L), (_proxy.CutsAtCommit, await Entries()));
    }

    [Fact]
    public async Task Without_a_key_nobody_can_tell_whether_it_was_written()
    {
        _proxy.CutAtNextCommit();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Change(key: null));

        await Eventually.True(async () => await Entries() == 1, "the write that was cut off is done");
    }

    [Fact]
    public async Task With_a_key_and_no_database_to_ask_nobody_can_tell_either()
    {
        var plans = 0;
        _proxy.CutAtNextCommit();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Change(
            Spenders.NewKey(),
            () =>
            {
                _proxy.IsRefusing = ++plans > 1;
                return Plan();
            }));

        await Eventually.True(async () => await Entries() == 1, "the write that was cut off is done");
    }

    [Fact]
    public async Task A_rule_that_says_no_after_a_lost_try_settles_nothing_and_says_so()
    {
        var plans = 0;
        _proxy.CutAtNextCommit();

        // Its answer is looked for under another key than it was kept under: as if its server still were at it.
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Writes().Change(
            Spenders.NewKey(),
            () => ++plans == 1
                ? Task.FromResult<RequestPlan<string, string>>(
                    new RequestPlan<string, string>.WriteBy("done", Entry(), _ => Lose()))
                : Task.FromResult<RequestPlan<string, string>>(new RequestPlan<string, string>.Refuse("no")),
            CancellationToken.None));
    }

    [Fact]
    public async Task Where_no_connection_is_had_nothing_was_written()
    {
        _proxy.IsRefusing = true;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Change(key: null));

        Assert.Equal(0, await Entries());
    }

    private static Task<bool> Lose() => throw new OutcomeUnknownException("lost");

    private Task<RequestAnswer<string, string>> Change(
        RequestKey? key, Func<Task<RequestPlan<string, string>>>? plan = null) =>
        Writes().Change(key, plan ?? Plan, CancellationToken.None);

    private Task<RequestPlan<string, string>> Plan() =>
        Task.FromResult<RequestPlan<string, string>>(new RequestPlan<string, string>.Write("done", Entry()));

    private AuditEntry Entry() => new(Now, _by, "clock.set", "clock", null, "{}", null);

    // Of requests that move no value: neither the table of those that do nor the ledger is asked.
    private KeyedWrites Writes() => new(
        _economy.ServiceOf<RequestTable>(0), new(_database), _economy.ServiceOf<ILedger>(0),
        _economy.ServiceOf<AuditWriter>(0), new(_database), _economy.ServiceOf<IClock>(0));

    private Task<long> Entries() => _economy.Ask<long>($"SELECT count(*) FROM audit.entries WHERE by = '{_by}'");
}

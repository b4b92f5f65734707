using Npgsql;
using Stk.GrainInterfaces.Faults;
using Stk.Grains.Faults;
using Xunit;

namespace Stk.Grains.Tests.Faults;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData("FATAL", "XX000")] // "could not write init file": a session that begins on a full disk.
    [InlineData("FATAL", "57P01")]
    [InlineData("PANIC", "XX000")]
    [InlineData("ERROR", "53100")]
    [InlineData("ERROR", "58030")]
    [InlineData("ERROR", "25006")]
    [InlineData("FATAL", "25P03")]
    public void What_the_server_cannot_do_now_may_be_asked_again(string severity, string state) =>
        Assert.IsType<DatabaseUnavailableException>(DatabaseFaults.Of(Error(severity, state)));

    [Theory]
    [InlineData("ERROR", "XX000")]
    [InlineData("ERROR", "42P01")]
    [InlineData("ERROR", "23505")]
    public void What_it_will_never_do_is_a_mistake_of_ours(string severity, string state) =>
        Assert.IsType<InvalidOperationException>(DatabaseFaults.Of(Error(severity, state)));

    private static PostgresException Error(string severity, string state) => new("for a test", severity, severity, state);
}

using Npgsql;
using Xunit;

namespace Stk.Storage.Tests;

public sealed class PoolLimitTests
{
    [Theory]
    [InlineData("Host=db;Database=stk", 30)]
    [InlineData("Host=db;Database=stk;Maximum Pool Size=7", 7)]
    [InlineData("Host=db;Database=stk;MaxPoolSize=90", 90)]
    public void A_pool_is_limited_where_the_operator_has_not_said(string given, int connections)
    {
        var builder = new NpgsqlConnectionStringBuilder(given);

        StorageConnections.LimitPool(builder, 30);

        Assert.Equal(connections, builder.MaxPoolSize);
    }
}

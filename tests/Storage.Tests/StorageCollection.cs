using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

[CollectionDefinition(Name)]
public sealed class StorageCollection : ICollectionFixture<PostgresServerWithoutFsync>
{
    public const string Name = "storage";
}

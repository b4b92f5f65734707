using Npgsql;
using Stk.Storage;
using Stk.Testing;
using Xunit;

namespace Stk.Ledger.Tests.Books;

/// <summary>
/// A server with a migrated template, of which each test gets a copy of its own. Many databases, and no test of what a
/// power cut leaves: without fsync.
/// </summary>
public sealed class BookServer() : PostgresServer(fsync: false)
{
    private const string Template = "template_of_books";
    private const string Service = "book_service";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Migration.Run(await CreateDatabase(Template));
        // No pooled connection may stay in a template.
        NpgsqlConnection.ClearAllPools();
        await Execute($"CREATE ROLE {Service} LOGIN PASSWORD '{Service}' IN ROLE stk_service");
    }

    /// <summary>An empty book.</summary>
    internal async Task<Book> NewBook()
    {
        var name = $"book_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {Template}");
        var superuser = ConnectionString(name);
        // With a service's rights, as in production.
        var service = new NpgsqlConnectionStringBuilder(superuser) { Username = Service, Password = Service };
        return new Book(superuser, service.ConnectionString);
    }
}

[CollectionDefinition(Name)]
public sealed class BookCollection : ICollectionFixture<BookServer>
{
    public const string Name = "books";
}

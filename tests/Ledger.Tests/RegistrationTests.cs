using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Verify;
using Stk.Rules.Time;
using Stk.Storage;
using Xunit;

namespace Stk.Ledger.Tests;

[Collection(BookCollection.Name)]
public sealed class RegistrationTests(BookServer server)
{
    [Fact]
    public async Task A_host_posts_verifies_and_has_committed_all_when_it_is_gone()
    {
        await using var book = await server.NewBook();
        Task<PostResult>[] posts;
        using (var host = Host(book, ("Stk:Storage:ConnectionString", book.Storage.ConnectionString)))
        {
            await host.StartAsync();
            var ledger = host.Services.GetRequiredService<ILedger>();
            await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
            Assert.True((await host.Services.GetRequiredService<LedgerVerifier>().Run()).IsSound);
            posts = [.. Enumerable.Range(0, 100).Select(i => ledger.Post(Sample.Transfer($"{i}", 1, 2, 1)))];
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Assert.All(posts, post => Assert.True(post.IsCompletedSuccessfully));
        Assert.Equal(101, await book.Ask<long>("SELECT count(*) FROM ledger.transactions"));
    }

    [Theory]
    [InlineData("Stk:Storage:ConnectionString", "", "ConnectionString")]
    [InlineData("Stk:Storage:ConnectionString", "Host=here", "ConnectionString")]
    [InlineData("Stk:Storage:ConnectionString", "not one", "ConnectionString")]
    [InlineData("Stk:Storage:LockTimeoutMs", "0", "LockTimeoutMs")]
    [InlineData("Stk:Ledger:CommitPostingsMax", "1", "CommitPostingsMax")]
    [InlineData("Stk:Ledger:RefusalDays", "0", "RefusalDays")]
    public async Task A_host_does_not_start_with_a_bad_setting_and_names_it(string key, string value, string named)
    {
        await using var book = await server.NewBook();
        using var host = Host(
            book, ("Stk:Storage:ConnectionString", book.Storage.ConnectionString), (key, value));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    private static IHost Host(Book book, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key).ToDictionary(
            group => group.Key, string? (group) => group.Last().Value));
        builder.Services.AddLogging();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<IClock>(book.Clock);
        builder.Services.AddSingleton<IIssuanceLimit>(book.Issuance);
        builder.Services.AddStorage();
        builder.Services.AddLedger();
        return builder.Build();
    }
}

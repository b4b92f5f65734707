namespace Stk.ApiHost.Tests.Hosting;

public sealed class ApiFixture : IAsyncLifetime
{
    private ApiHostUnderTest? _host;

    public ApiHostUnderTest Host => _host ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _host = await ApiHostUnderTest.Start();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

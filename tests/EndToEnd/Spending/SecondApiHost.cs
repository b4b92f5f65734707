using System.Diagnostics;

namespace Stk.EndToEnd.Spending;

/// <summary>Another API host of an economy, as <c>up</c> starts its one.</summary>
public sealed class SecondApiHost : IAsyncDisposable
{
    private readonly Process _process;

    private SecondApiHost(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<SecondApiHost> Start(Economy economy)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var folder = Path.Combine(economy.Home, "app", "current", "api");
        var tls = economy.Tls("api");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Stk.ApiHost.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["Stk__Clock"] = "manual",
                ["Stk__Tls__Authorities"] = tls["Stk__Tls__Authorities"],
                ["Stk__Tls__Certificate"] = tls["Stk__Tls__Certificate"],
                ["Stk__Tls__Key"] = tls["Stk__Tls__Key"],
                ["Stk__Auth__KeysDirectory"] = Path.Combine(economy.Home, "keys"),
                ["Stk__DataDirectory"] = Path.Combine(economy.Home, "api-2"),
                ["ConnectionStrings__Stk"] =
                    (await File.ReadAllTextAsync(Path.Combine(economy.Home, "secrets", "api.connection"))).Trim(),
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("the second API host did not start");
        // Read to nowhere: a pipe that is full would stop it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new SecondApiHost(process, address);
        try
        {
            using var http = new HttpClient { BaseAddress = address, Timeout = HangLimit.Step };
            await Eventually.True(async () => await IsReady(http), "the second API host is ready");
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

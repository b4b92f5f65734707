namespace Stk.EndToEnd.Operations;

/// <summary>What the built programs refuse to start with in Production.</summary>
[Collection(ClubCollection.Name)]
public sealed class ProductionTests(ClubEconomy club) : IDisposable
{
    private readonly string _keys = Directory.CreateTempSubdirectory("stk-production-keys-").FullName;

    private const string Silo = "silo/Stk.Silo.dll";
    private const string Api = "api/Stk.ApiHost.dll";

    [Theory]
    [InlineData(Silo, "Stk__Clock", "manual", "manual")]
    [InlineData(Silo, "Stk__Clock", "Manual", "manual")]
    [InlineData(Silo, "Stk__Genesis", null, "Stk:Genesis")]
    [InlineData(Silo, "ConnectionStrings__Stk", null, "ConnectionStrings:Stk")]
    [InlineData(Silo, "Stk__Ledger__SigningKey", null, "Stk:Ledger:SigningKey")]
    [InlineData(Silo, "Stk__Ledger__SigningKey", "/no/such/key", "/no/such/key")]
    [InlineData(Silo, "Stk__Calls__Secrets", null, "Stk:Calls:Secrets")]
    [InlineData(Silo, "Stk__Calls__Secrets", "/no/such/secret", "/no/such/secret")]
    [InlineData(Silo, "Stk__Auth__KeysDirectory", null, "Stk:Auth:KeysDirectory")]
    [InlineData(Silo, "Stk__Notices__Webhooks__Allow__0", "127.0.0.0/8", "Stk:Notices:Webhooks")]
    [InlineData(Silo, "Solana__Nodes__0__Url", "http://127.0.0.1:1", "one node")]
    [InlineData(Silo, "Stk__Tls__Certificate", null, "Stk:Tls:Certificate")]
    [InlineData(Silo, "Stk__Tls__Key", "/nowhere/key.pem", "/nowhere/key.pem")]
    [InlineData(Api, "Stk__Clock", "manual", "manual")]
    [InlineData(Api, "ConnectionStrings__Stk", null, "ConnectionStrings:Stk")]
    [InlineData(Api, "Stk__Auth__KeysDirectory", null, "Stk:Auth:KeysDirectory")]
    [InlineData(Api, "Stk__Tls__Authorities", null, "Stk:Tls:Authorities")]
    [InlineData(Api, null, null, "development-")]
    public async Task A_host_refuses_and_says_which(string program, string? name, string? value, string named)
    {
        var environment = await Settings(program);
        if (name is not null)
        {
            environment[name] = value;
        }

        Assert.Contains(named, await Refusal(program, environment), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData(Silo), InlineData(Api)]
    public async Task A_host_without_a_certificate_refuses(string program)
    {
        var environment = await Settings(program);
        foreach (var name in club.Economy.Tls("silo").Keys)
        {
            environment[name] = null;
        }

        Assert.Contains("Stk:Tls", await Refusal(program, environment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_with_an_API_hosts_certificate_refuses()
    {
        var environment = await Settings(Silo);
        foreach (var (name, value) in club.Economy.Tls("api"))
        {
            environment[name] = value;
        }

        Assert.Contains("api.stk.internal", await Refusal(Silo, environment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_with_a_key_for_development_refuses()
    {
        var environment = await Settings(Silo);
        environment["Stk__Auth__KeysDirectory"] = Path.Combine(club.Economy.Home, "keys");

        Assert.Contains("development-", await Refusal(Silo, environment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_whose_secret_others_may_read_refuses()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var environment = await Settings(Silo);
        var secret = Path.Combine(_keys, "silos.secret");
        await File.WriteAllTextAsync(secret, new string('7', 48));
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        environment["Stk__Calls__Secrets"] = secret;

        Assert.Contains("set its mode to 400", await Refusal(Silo, environment), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    // Those of the economy, which are for development, under another name.
    private string ProductionKeys()
    {
        var key = Directory.GetFiles(Path.Combine(club.Economy.Home, "keys"), "*.pub.pem").First();
        File.Copy(key, Path.Combine(_keys, "stk-1.pub.pem"), overwrite: true);
        return _keys;
    }

    private async Task<string> Refusal(string program, Dictionary<string, string?> environment)
    {
        using var run = StkRun.Start("dotnet", [Path.Combine(club.Economy.Home, "app", "current", program)], environment);
        return (await run.End()).Sentence();
    }

    // As they should be, but for the keys of the API host.
    private async Task<Dictionary<string, string?>> Settings(string program)
    {
        var environment = club.Economy.Environment();
        environment["DOTNET_ENVIRONMENT"] = "Production";
        environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort.Next()}";
        environment["Stk__Clock"] = "host";
        environment["Stk__Genesis"] = "2025-11-24T00:00:00Z";
        // The running economy's own: what is wrong is what is said, not what comes after.
        environment["ConnectionStrings__Stk"] =
            (await File.ReadAllTextAsync(Path.Combine(club.Economy.Home, "secrets", "services.connection"))).Trim();
        environment["Stk__Auth__KeysDirectory"] =
            program == Silo ? ProductionKeys() : Path.Combine(club.Economy.Home, "keys");
        environment["Stk__Calls__Secrets"] = Path.Combine(club.Economy.Home, "secrets", "silos.secret");
        environment["Stk__Ledger__SigningKey"] = Path.Combine(club.Economy.Home, "secrets", "commits.key");
        foreach (var (name, value) in club.Economy.Tls(program == Silo ? "silo" : "api"))
        {
            environment[name] = value;
        }

        return environment;
    }
}

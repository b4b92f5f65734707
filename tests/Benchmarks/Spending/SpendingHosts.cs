using System.CommandLine;
using System.Globalization;
using Npgsql;
using Stk.Testing.Economies;
using Stk.Benchmarks.Hosting;
using Stk.Hosting.Callers;

namespace Stk.Benchmarks.Spending;

/// <summary>The hosts under measurement, reached from every side: HTTP, actors, database, the kernel's counts.</summary>
internal sealed class SpendingHosts : IAsyncDisposable
{
    private readonly BenchClient _client;

    private SpendingHosts(
        HttpClient http, BenchClient client, NpgsqlDataSource database, ProcessorTimes times, SpendingCalls calls,
        IReadOnlyList<string> people, IReadOnlyDictionary<string, string> tokens)
    {
        Http = http;
        _client = client;
        Database = database;
        Times = times;
        Calls = calls;
        People = people;
        Tokens = tokens;
    }

    public HttpClient Http { get; }

    public NpgsqlDataSource Database { get; }

    public ProcessorTimes Times { get; }

    public SpendingCalls Calls { get; }

    public IReadOnlyList<string> People { get; }

    /// <summary>By participant, those that are paid for services too.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; }

    public static string OperatorToken { get; } = Token("STK_OPERATOR_TOKEN");

    public static async Task<SpendingHosts> Connect(Options options, ParseResult parsed, int connections)
    {
        var home = parsed.GetValue(options.Home)!;
        var http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = new Uri(parsed.GetValue(options.Address)!),
        };
        var connectionString = await File.ReadAllTextAsync(Path.Combine(home, "secrets", "services.connection"));
        var database = NpgsqlDataSource.Create(connectionString.Trim());
        string[] people = [.. Enumerable.Range(0, parsed.GetValue(options.People)).Select(Name)];
        var ingestToken = Token("STK_INGEST_TOKEN");
        var numbers = await SpendingEconomy.Begin(new ApiEnd(http, OperatorToken, ingestToken), people, database);
        using var signing = new BenchTokens(home);
        var tokens = people.Concat(SpendingEconomy.Recipients)
            .ToDictionary(person => person, person => signing.Sign("participant", person), StringComparer.Ordinal);
        var client = await BenchClient.Connect(
            connectionString.Trim(), Path.Combine(home, "certificates"),
            SiloSecrets.Read(Path.Combine(home, "secrets", "silos.secret")));
        return new(
            http, client, database, new(home),
            new(http, client.Grains, people, numbers, tokens, ingestToken, OperatorToken), people, tokens);
    }

    public async Task<long> Ask(string sql)
    {
#pragma warning disable CA2100 // Written in this program, without input.
        await using var command = Database.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 120;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Database.DisposeAsync();
        Http.Dispose();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");

    // Through the environment, not the command line, which every user can read.
    private static string Token(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set: a token of that role");

    internal sealed class Options(int people = 1_000)
    {
        public Option<string> Address { get; } = new("--address") { Required = true };

        public Option<string> Home { get; } = new("--home") { Required = true, Description = "STK_HOME of the hosts." };

        public Option<int> People { get; } = new("--people") { DefaultValueFactory = _ => people };

        public void AddTo(Command command)
        {
            command.Add(Address);
            command.Add(Home);
            command.Add(People);
        }
    }
}

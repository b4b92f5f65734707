using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Stk.Benchmarks.Ledger;

/// <summary>PostgreSQL's own yardstick on the same server: <c>pgbench -b tpcb-like -M prepared</c>.</summary>
internal sealed class Pgbench(string program, NpgsqlConnectionStringBuilder server)
{
    public Task Initialize(int scale) => Run($"-i -q -s {scale} {server.Database}");

    /// <returns>Transactions a second.</returns>
    public async Task<double> Measure(int clients, TimeSpan duration)
    {
        var output = await Run(string.Create(
            CultureInfo.InvariantCulture,
            $"-b tpcb-like -M prepared -n -c {clients} -j 2 -T {(int)duration.TotalSeconds} {server.Database}"));
        var line = output.Split('\n').Single(text => text.StartsWith("tps = ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private async Task<string> Run(string arguments)
    {
        var start = new ProcessStartInfo(program, $"-h 127.0.0.1 -p {server.Port} -U {server.Username} {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pgbench does not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"pgbench {arguments}: {await errors}");
    }
}

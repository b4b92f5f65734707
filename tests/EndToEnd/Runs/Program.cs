using Stk.EndToEnd.Spending;

namespace Stk.EndToEnd.Runs;

/// <summary>
/// This assembly as a program, which is a run of tests of its own: it starts all that tests start, says the economy's home
/// in a line, and stands still until it is killed.
/// </summary>
internal static class Program
{
    public static async Task Main()
    {
        TestRun.Begin();
        var economy = await Economy.Up("--silos", "2");
        _ = await SecondApiHost.Start(economy);
        const string Endless = "SELECT pg_sleep(86400)";
        _ = economy.Start("psql", "-c", Endless);
        await Eventually.Get(
            () => economy.Psql($"SELECT count(*) FROM pg_stat_activity WHERE query = '{Endless}'"), count => count == "1",
            "a program of ./stk is at work");
        await Console.Out.WriteLineAsync(economy.Home);
        await Task.Delay(Timeout.Infinite);
    }
}

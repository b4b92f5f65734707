namespace Stk.Cli.Api;

/// <summary>What a verb finds around it; tests bring their own.</summary>
/// <param name="Input">Where answers to questions come from.</param>
/// <param name="IsTerminal">Whether a person sits at <paramref name="Input"/>.</param>
/// <param name="Variable">Reads the environment.</param>
/// <param name="Transport">What sends requests; null for the network.</param>
internal sealed record Surroundings(
    TimeProvider Time, TextReader Input, bool IsTerminal, Func<string, string?> Variable, HttpMessageHandler? Transport)
{
    public static Surroundings OfThisProcess() => new(
        TimeProvider.System, Console.In, !Console.IsInputRedirected, Environment.GetEnvironmentVariable, null);
}

using Stk.Cli.Endings;

namespace Stk.Cli.Api;

/// <summary>What a verb finds around it; tests bring their own.</summary>
/// <param name="Input">Where answers to questions come from.</param>
/// <param name="IsTerminal">Whether a person sits at <paramref name="Input"/>.</param>
/// <param name="Variable">Reads the environment.</param>
/// <param name="Transport">What sends requests; null for the network.</param>
/// <param name="Interruption">The signals that ask it to end; null where there are none.</param>
/// <param name="Columns">The width of the terminal that shows what is printed; null where it is none.</param>
/// <param name="WhenUnread">Ends once nobody reads what is printed; null where that is not known.</param>
internal sealed record Surroundings(
    TimeProvider Time, TextReader Input, bool IsTerminal, Func<string, string?> Variable, HttpMessageHandler? Transport,
    Interruption? Interruption = null, int? Columns = null, Func<Task>? WhenUnread = null)
{
    private const int OfAnInterrupt = 130;

    public int InterruptedCode => Interruption?.Code ?? OfAnInterrupt;

    public static Surroundings OfThisProcess(Interruption interruption) => new(
        TimeProvider.System, Console.In, !Console.IsInputRedirected, Environment.GetEnvironmentVariable, null, interruption,
        Console.IsOutputRedirected ? null : TerminalWidth.Read(), OutputReader.WhenGone);
}

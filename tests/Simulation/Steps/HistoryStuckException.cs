namespace Stk.Simulation.Steps;

/// <summary>A history that does not end: somebody waits for what never comes.</summary>
internal sealed class HistoryStuckException(string message) : Exception(message);

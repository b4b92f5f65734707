namespace Stk.Grains.Weeks;

/// <summary>The week cannot go on yet, and nothing is broken: the message says what must come first.</summary>
internal sealed class WeekBlockedException(string message) : Exception(message);

namespace Stk.Hosting;

/// <summary>
/// A configuration that a host must not run with. The message says which, in one sentence, for whoever starts it.
/// </summary>
public sealed class RefusedToStartException(string message, Exception? inner = null) : Exception(message, inner);

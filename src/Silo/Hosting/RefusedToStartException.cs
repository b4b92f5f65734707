namespace Stk.Silo.Hosting;

/// <summary>A configuration that must not run: the message says which, in one sentence.</summary>
public sealed class RefusedToStartException(string message) : Exception(message);

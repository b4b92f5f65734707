namespace Stk.SignerCalls;

/// <summary>
/// The signer has not answered. It may have signed all the same: asked again for the same act and attempt, it answers the
/// same bytes.
/// </summary>
public sealed class SignerUnreachableException(string message, Exception inner) : Exception(message, inner);

namespace Stk.Ledger.Signing;

/// <summary>A file of signing keys that is not to be used. The message names file and flaw, and no content.</summary>
public sealed class SigningKeyException(string path, string flaw, Exception? cause = null)
    : Exception($"Signing key {path}: {flaw}.", cause);

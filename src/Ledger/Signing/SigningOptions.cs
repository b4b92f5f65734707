namespace Stk.Ledger.Signing;

/// <summary>Where the signing keys are. Under <c>Stk:Ledger</c>.</summary>
public sealed class SigningOptions
{
    public const string Section = "Stk:Ledger";

    /// <summary>The silos' private key, a file of mode 400; null in Development: then a key that nobody keeps.</summary>
    public string? SigningKey { get; set; }

    /// <summary>The public keys of all that was signed, for who verifies.</summary>
    public string? SigningPublicKeys { get; set; }
}

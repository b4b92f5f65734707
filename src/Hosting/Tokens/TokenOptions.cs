namespace Stk.Hosting.Tokens;

/// <summary>Whose signatures are believed.</summary>
public sealed class TokenOptions
{
    public const string Section = "Stk:Auth";

    /// <summary>Where the public keys are, <c>KID.pub.pem</c>.</summary>
    public string? KeysDirectory { get; set; }
}

namespace Stk.ApiHost.Authentication;

/// <summary>Whose signatures are believed.</summary>
internal sealed class TokenOptions
{
    public const string Section = "Stk:Auth";

    /// <summary>Where the public keys are, <c>KID.pub.pem</c>.</summary>
    public string? KeysDirectory { get; set; }
}

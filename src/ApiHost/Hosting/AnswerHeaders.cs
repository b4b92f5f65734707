namespace Stk.ApiHost.Hosting;

/// <summary>What an answer says of itself to browsers, where it is not what every answer of the API says.</summary>
/// <param name="CacheControl">How long it may be kept.</param>
/// <param name="ReferrerPolicy">What a browser tells others of where it was.</param>
/// <param name="ContentSecurityPolicy">What a browser may do with it; null where it is no document.</param>
internal sealed record AnswerHeaders(string CacheControl, string ReferrerPolicy, string? ContentSecurityPolicy)
{
    /// <summary>
    /// Of pages: own script and style alone, nothing inline, no frame. <c>same-origin</c>: with <c>no-referrer</c> a form
    /// would come from nowhere.
    /// </summary>
    public static readonly AnswerHeaders OfPages = new(
        "no-store", "same-origin",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");

    /// <summary>Of what has its content in its address.</summary>
    public static readonly AnswerHeaders OfAssets = new("public, max-age=31536000, immutable", "no-referrer", null);
}

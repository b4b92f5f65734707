namespace Stk.Hosting.Callers;

/// <summary>
/// What travels with a call and shows whose it is: a token that the silo verifies, or the silos' own secret. A silo takes
/// both off before the actor runs, so that neither goes on to whomever the actor calls.
/// </summary>
public static class CallProof
{
    private const string TokenKey = "stk.token";
    private const string SecretKey = "stk.silo";

    /// <summary>The token that goes with the calls from here on in this flow; null where there is none.</summary>
    public static string? Token => RequestContext.Get(TokenKey) as string;

    /// <summary>Lets a token, or a sign-in code, go with the calls from here on in this flow.</summary>
    public static void Show(string token) => RequestContext.Set(TokenKey, token);

    /// <summary>Lets none go with them any more.</summary>
    public static void Hide() => RequestContext.Remove(TokenKey);

    /// <summary>What came with this call, which is taken off it.</summary>
    public static (string? Secret, string? Token) Take() => (Take(SecretKey), Take(TokenKey));

    /// <summary>Lets the silos' secret go with the calls that are begun before <see cref="HideSecret"/>.</summary>
    internal static void ShowSecret(string secret) => RequestContext.Set(SecretKey, secret);

    internal static void HideSecret() => RequestContext.Remove(SecretKey);

    private static string? Take(string key)
    {
        if (RequestContext.Get(key) is not { } value)
        {
            return null;
        }

        RequestContext.Remove(key);
        return value as string;
    }
}

namespace Stk.Rules.Pulls;

/// <summary>
/// Why a pull has stopped, in a word. Those of connections are the same as of deliveries; what the other side has written
/// never stands in one.
/// </summary>
public static class PullReasons
{
    /// <summary>The silos have no file with the key to ask with.</summary>
    public const string NoKey = "no-key";

    /// <summary>The answer is longer than any that is read.</summary>
    public const string TooLong = "answer-too-long";

    /// <summary>The answer is no JSON: a page to sign in on, half an answer.</summary>
    public const string NotJson = "answer-not-json";

    /// <summary>The pages do not end, or come again.</summary>
    public const string Endless = "endless-pages";

    /// <summary>Something of ours: what was read could not be taken in.</summary>
    public const string NotTakenIn = "not-taken-in";

    /// <summary>An answer of JSON that is not of the source's form.</summary>
    /// <param name="field">The member at fault.</param>
    public static string Form(string field) => $"answer-form: {field}";
}

using Microsoft.Extensions.Options;
using Stk.Hosting;
using Stk.Signer.Books;

namespace Stk.Signer.Hosting;

/// <summary>What an operator can mend is said in one sentence; a stack trace is for what only we can mend.</summary>
internal static class Failures
{
    /// <summary>The sentence, or null where the exception is no operator's business.</summary>
    public static string? Sentence(Exception exception) => exception switch
    {
        RefusedToStartException refused => refused.Message,
        BookInUseException used => used.Message,
        OptionsValidationException invalid => string.Join("; ", invalid.Failures),
        _ => null,
    };
}

using Microsoft.Extensions.Options;
using Npgsql;
using Stk.Hosting;
using Stk.Ledger.Signing;
using Stk.Storage;

namespace Stk.Silo.Hosting;

/// <summary>What an operator can mend is said in one sentence; a stack trace is for what only we can mend.</summary>
internal static class Failures
{
    /// <summary>The sentence, or null where the exception is no operator's business.</summary>
    public static string? Sentence(Exception exception) => exception switch
    {
        RefusedToStartException refused => refused.Message,
        SigningKeyException key => key.Message,
        OptionsValidationException invalid => string.Join("; ", invalid.Failures),
        MigrationException migration => Capitalised(migration.Message),
        // A seal that no events could have made, a document that nobody wrote: the message names the row.
        InvalidDataException altered => Capitalised(altered.Message),
        PostgresException refused => $"The database refused: {refused.MessageText}",
        NpgsqlException unreachable =>
            $"The database cannot be reached: {(unreachable.InnerException ?? unreachable).Message}",
        _ => null,
    };

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

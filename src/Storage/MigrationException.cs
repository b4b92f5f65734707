namespace Stk.Storage;

/// <summary>The schema is not this program's, or could not be made so. The message is a sentence for an operator.</summary>
public sealed class MigrationException(MigrationFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public MigrationFailure Failure { get; } = failure;
}

public enum MigrationFailure
{
    NewerSchema = 1,
    OlderSchema = 2,
    EditedScript = 3,
    ScriptFailed = 4,
    Unreachable = 5,
    MissingRole = 6,
}

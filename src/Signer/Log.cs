namespace Stk.Signer;

// Event ids: Signer 3100-3149. Never reused. No key, no proof and no bytes is ever in one.
internal static partial class Log
{
    [LoggerMessage(EventId = 3100, EventName = "signer.signed", Level = LogLevel.Information,
        Message = "Signed attempt {Attempt} of act {Act}, {Payouts} payouts")]
    public static partial void Signed(ILogger logger, Guid act, int attempt, int payouts);

    [LoggerMessage(EventId = 3101, EventName = "signer.refused", Level = LogLevel.Warning,
        Message = "Attempt {Attempt} of act {Act} was refused: {Rule} (payout {Payout})")]
    public static partial void Refused(ILogger logger, Guid act, int attempt, string rule, Guid? payout);

    [LoggerMessage(EventId = 3102, EventName = "signer.book.locked", Level = LogLevel.Critical,
        Message = "Nothing is signed until recovery: the signer's file is locked: {Why}")]
    public static partial void BookLocked(ILogger logger, string why);

    [LoggerMessage(EventId = 3103, EventName = "signer.book.torn", Level = LogLevel.Warning,
        Message = "A line that nobody was answered from was taken off the signer's file: {What}")]
    public static partial void BookTorn(ILogger logger, string what);

    [LoggerMessage(EventId = 3104, EventName = "signer.book.failed", Level = LogLevel.Critical,
        Message = "The signer's file could not be written: nothing is signed until the signer is started again")]
    public static partial void BookFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3105, EventName = "signer.no.blockhash", Level = LogLevel.Warning,
        Message = "Act {Act} waits: no node gives a blockhash of the signer's chain")]
    public static partial void NoBlockhash(ILogger logger, Guid act);

    [LoggerMessage(EventId = 3106, EventName = "signer.connection.ended", Level = LogLevel.Warning,
        Message = "A connection was ended: {Why}")]
    public static partial void ConnectionEnded(ILogger logger, string why);

    [LoggerMessage(EventId = 3107, EventName = "signer.question.failed", Level = LogLevel.Error,
        Message = "A question was not answered: the signer's own fault")]
    public static partial void QuestionFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3108, EventName = "signer.listens", Level = LogLevel.Information,
        Message = "The signer listens; {Count} signatures are in its file")]
    public static partial void Listens(ILogger logger, int count);
}

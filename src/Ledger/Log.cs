using Microsoft.Extensions.Logging;
using Stk.Rules.Money;

namespace Stk.Ledger;

// Event ids: Ledger 1000-1999. Never reused.
internal static partial class Log
{
    [LoggerMessage(EventId = 1000, EventName = "ledger.issuance.beyond_schedule", Level = LogLevel.Critical,
        Message = "Refused transaction {TransactionId} ({Kind}): it would issue more than the schedule has by now")]
    public static partial void BeyondSchedule(ILogger logger, Guid transactionId, TransactionKind kind);
}

namespace Stk.Storage;

/// <summary>The queue is full, or the call waited too long in it. Nothing was sent; asking again later is safe.</summary>
public sealed class BusyException(string message) : Exception(message);

/// <summary>The database could not be reached or used. Nothing was committed; asking again later is safe.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The connection was lost at COMMIT and the question could not be settled in time. It may have happened and may not:
/// never answered "failed". Posting the same thing again resolves it.
/// </summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);

namespace Stk.Signer.Books;

/// <summary>Another process has the file.</summary>
public sealed class BookInUseException(string directory, Exception inner) : Exception(
    $"Another signer works in {directory}: one signs, or none.", inner);

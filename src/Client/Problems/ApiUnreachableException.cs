using Stk.Client.Connections;

namespace Stk.Client.Problems;

/// <summary>No answer, after all repeats.</summary>
public sealed class ApiUnreachableException : ApiException
{
    internal ApiUnreachableException(Uri address, string what, SentWrite? write, Exception cause)
        : base($"The API at {address} {what}.", write, cause)
    {
    }
}

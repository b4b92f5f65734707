using Stk.Client.Connections;

namespace Stk.Client.Problems;

/// <summary>Something has answered, and not as STK's API does.</summary>
public sealed class ApiAnswerException : ApiException
{
    internal ApiAnswerException(string message, SentWrite? write = null, Exception? cause = null)
        : base(message, write, cause)
    {
    }
}

namespace Stk.Channels.Pulls;

/// <summary>What a system that was asked has answered. A closed set.</summary>
public abstract record PullAnswer
{
    private PullAnswer()
    {
    }

    /// <summary>An answer of JSON, as it says itself: whether it is one, its reader finds out.</summary>
    public sealed record Got(byte[] Body) : PullAnswer;

    /// <summary>What was asked for is not there: 404 or 410.</summary>
    public sealed record Missing : PullAnswer;

    /// <summary>Nothing that can be used.</summary>
    /// <param name="Reason">A word, never what the other side has written.</param>
    /// <param name="Asked">How long it asks to be left alone; null where it does not.</param>
    public sealed record Failed(string Reason, TimeSpan? Asked = null) : PullAnswer;
}

/// <summary>One question.</summary>
/// <param name="Headers">Secrets among them: nobody writes them down.</param>
/// <param name="Body">JSON that is posted; null: it is a GET.</param>
public sealed record PullQuestion(
    Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body = null)
{
    /// <summary>Never the headers.</summary>
    public override string ToString() => Address.AbsolutePath;
}

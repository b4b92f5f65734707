namespace Stk.ApiHost.Cluster;

/// <summary>Whether the client has ever been connected. It reconnects by itself after that.</summary>
internal sealed class ClusterConnection
{
    private volatile bool _isMade;

    public bool IsMade => _isMade;

    public void Made() => _isMade = true;

    /// <summary>Why the host has given up, for whoever started it; null while it has not.</summary>
    public string? Refusal { get; private set; }

    public void Refused(string sentence) => Refusal = sentence;
}

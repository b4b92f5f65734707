namespace Stk.Client.Connections;

/// <summary>How long a client tries, and through what.</summary>
public sealed record ClientSettings
{
    /// <summary>
    /// For programs that outlive a restart of the service: tries for about a minute, waits long for an answer.
    /// </summary>
    public static ClientSettings Patient { get; } = new() { Retries = 17, AttemptTimeout = TimeSpan.FromMinutes(5) };

    /// <summary>How often a call is sent again after a 408, 429, 502, 503, 504, a lost connection or no answer.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Before the first repeat; each pause is twice the one before. A Retry-After stands above it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Of one try, until its answer begins.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What sends the requests, and stays its owner's; null for a connection pool of the client's own.</summary>
    public HttpMessageHandler? Transport { get; init; }
}

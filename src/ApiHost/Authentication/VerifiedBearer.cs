namespace Stk.ApiHost.Authentication;

/// <summary>The token of a request, as it came, once this host has verified it.</summary>
internal sealed record VerifiedBearer(string Token);

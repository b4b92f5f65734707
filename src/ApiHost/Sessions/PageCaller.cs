using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Stk.GrainInterfaces.Sessions;

namespace Stk.ApiHost.Sessions;

/// <summary>Who asks for a page: a session that the cluster knows.</summary>
/// <param name="Secret">What the browser shows, and this host hands on with each call.</param>
internal sealed record PageCaller(SessionView Session, string Secret)
{
    private static readonly byte[] OfForms = "stk-form"u8.ToArray();

    /// <summary>
    /// What a form of this session carries. Made of the secret, so that every host knows it and none keeps it; whoever reads
    /// it in a page has no session by it.
    /// </summary>
    public string FormToken => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), OfForms));

    /// <summary>Takes as long for a wrong one as for a right one.</summary>
    public bool HasMade(string token) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(FormToken));
}

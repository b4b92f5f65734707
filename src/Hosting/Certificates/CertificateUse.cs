using System.Security.Cryptography;

namespace Stk.Hosting.Certificates;

/// <summary>On which side of a connection a certificate is shown, and what a role's certificate is made for.</summary>
public sealed class CertificateUse
{
    /// <summary>By whoever is called (RFC 5280, 4.2.1.12: serverAuth).</summary>
    public static readonly CertificateUse Answering = new("1.3.6.1.5.5.7.3.1");

    /// <summary>By whoever calls (clientAuth).</summary>
    public static readonly CertificateUse Calling = new("1.3.6.1.5.5.7.3.2");

    private readonly string _number;

    private CertificateUse(string number) => _number = number;

    internal Oid Identifier => new(_number);

    /// <summary>An API host's certificate is for calls alone: whoever has it cannot be taken for a silo.</summary>
    internal static CertificateUse[] Of(HostRole role) => role == HostRole.Silo ? [Answering, Calling] : [Calling];

    /// <summary>The name in a certificate, which no machine has: roles are checked, not addresses.</summary>
    internal static string Name(HostRole role) => role == HostRole.Silo ? "silo.stk.internal" : "api.stk.internal";
}

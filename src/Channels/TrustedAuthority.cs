using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Stk.Channels;

/// <summary>An authority of one's own, beside those that the machine trusts.</summary>
internal static class TrustedAuthority
{
    /// <summary>Whether a certificate is of the name that was asked for, and of this authority.</summary>
    public static RemoteCertificateValidationCallback Check(string path)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(path);
        return (_, certificate, _, errors) =>
        {
            if (errors == SslPolicyErrors.None)
            {
                return true;
            }

            if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 shown)
            {
                return false;
            }

            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build(shown);
        };
    }
}

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Stk.Channels.Webhooks;

/// <summary>Which addresses are of the internet: by IANA's registries of special-purpose addresses.</summary>
internal static class PublicAddresses
{
    private static readonly ImmutableArray<IPNetwork> SpecialOfFour =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // shared by a provider's customers
        IPNetwork.Parse("127.0.0.0/8"), // this machine
        IPNetwork.Parse("169.254.0.0/16"), // this link; clouds answer with their secrets here
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // the IETF's protocols
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // many at once
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and all of a network
    ];

    private static readonly IPNetwork GlobalOfSix = IPNetwork.Parse("2000::/3");

    private static readonly ImmutableArray<IPNetwork> SpecialOfSix =
    [
        IPNetwork.Parse("2001::/23"), // the IETF's protocols: Teredo, ORCHID, benchmarks
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4: an address of four bytes within
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    // Translators of a network that has IPv6 alone: the address of four bytes at the end is where it goes.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !SpecialOfFour.Any(special => special.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        if (Nat64.Contains(address))
        {
            return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        // All else lies outside: ::1, the old ::a.b.c.d, fc00::/7, fe80::/10, ff00::/8, 64:ff9b:1::/48.
        return GlobalOfSix.Contains(address) && !SpecialOfSix.Any(special => special.Contains(address));
    }
}

using System.Net;
using Stk.Channels.Webhooks;

namespace Stk.Channels.Tests.Webhooks;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("0.0.0.0"), InlineData("10.1.2.3"), InlineData("100.64.0.1"), InlineData("100.127.255.255")]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("169.254.169.254"), InlineData("172.16.0.1")]
    [InlineData("172.31.255.255"), InlineData("192.0.0.8"), InlineData("192.0.2.1"), InlineData("192.88.99.1")]
    [InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("198.19.255.255"), InlineData("198.51.100.7")]
    [InlineData("203.0.113.9"), InlineData("224.0.0.1"), InlineData("239.255.255.255"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::1"), InlineData("::127.0.0.1"), InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1"), InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("2002:7f00:1::"), InlineData("2002:808:808::"), InlineData("2001:0:1234::1"), InlineData("2001:2::1")]
    [InlineData("2001:10::1"), InlineData("2001:20::1"), InlineData("2001:db8::1"), InlineData("3fff::1")]
    [InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("fe80::1"), InlineData("fe80::1%1")]
    [InlineData("fec0::1"), InlineData("ff02::1"), InlineData("100::1"), InlineData("5f00::1"), InlineData("4000::1")]
    public void An_address_that_is_not_of_the_internet_is_refused(string address) =>
        Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1"), InlineData("8.8.8.8"), InlineData("93.184.215.14"), InlineData("100.63.255.255")]
    [InlineData("100.128.0.1"), InlineData("172.15.255.255"), InlineData("172.32.0.1"), InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111"), InlineData("2a00:1450:4010::1"), InlineData("2001:4860:4860::8888")]
    [InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::8.8.8.8")]
    public void One_that_is_is_taken(string address) =>
        Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));
}

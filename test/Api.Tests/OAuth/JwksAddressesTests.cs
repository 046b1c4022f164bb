using System.Net;
using Api.OAuth;

namespace Api.Tests.OAuth;

/// <summary>Which addresses may be asked for keys.</summary>
public sealed class JwksAddressesTests
{
    [Theory]
    [InlineData("20.190.128.1", true, true)]
    [InlineData("2603:1006:2000::1", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("127.8.8.8", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("10.1.2.3", false, true)]
    [InlineData("172.31.255.255", false, true)]
    [InlineData("172.32.0.1", true, true)]
    [InlineData("192.168.0.1", false, true)]
    [InlineData("fd00::1", false, true)]
    [InlineData("::ffff:10.1.2.3", false, true)]
    [InlineData("::ffff:20.190.128.1", true, true)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("100.64.0.1", false, false)]
    [InlineData("192.0.2.1", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("ff02::1", false, false)]
    [InlineData("64:ff9b::a00:1", false, false)]
    [InlineData("2002:a00:1::1", false, false)]
    [InlineData("2001:0:a00:1::1", false, false)]
    [InlineData("2001:db8::1", false, false)]
    public void Allows_AnAddress_OnlyOfTheInternetUnlessTheSettingsSaySo(string address, bool usually, bool withPrivateNetworks)
    {
        new JwksAddresses(privateNetworks: false).Allows(IPAddress.Parse(address)).ShouldBe(usually);
        new JwksAddresses(privateNetworks: true).Allows(IPAddress.Parse(address)).ShouldBe(withPrivateNetworks);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/t/discovery/v2.0/keys", true, true)]
    [InlineData("https://example.com:8443/keys?x=1", true, true)]
    [InlineData("http://login.microsoftonline.com/keys", false, false)]
    [InlineData("http://localhost:5000/keys", false, true)]
    [InlineData("http://127.0.0.1:5000/keys", false, true)]
    [InlineData("http://10.0.0.1/keys", false, false)]
    [InlineData("https://10.0.0.1/keys", false, true)]
    [InlineData("https://[::1]/keys", false, true)]
    [InlineData("https://[::ffff:169.254.169.254]/keys", false, false)]
    [InlineData("https://169.254.169.254/keys", false, false)]
    [InlineData("https://2852039166/keys", false, false)]
    [InlineData("https://0xa9.0xfe.0xa9.0xfe/keys", false, false)]
    [InlineData("https://user:password@example.com/keys", false, false)]
    [InlineData("https://example.com/keys#part", false, false)]
    [InlineData("file:///etc/passwd", false, false)]
    [InlineData("ftp://example.com/keys", false, false)]
    [InlineData("//example.com/keys", false, false)]
    [InlineData("keys", false, false)]
    [InlineData("", false, false)]
    public void TryRead_AUrl_OnlyHttpsOfTheInternetUnlessTheSettingsSaySo(string url, bool usually, bool withPrivateNetworks)
    {
        new JwksAddresses(privateNetworks: false).TryRead(url, out _).ShouldBe(usually);
        new JwksAddresses(privateNetworks: true).TryRead(url, out _).ShouldBe(withPrivateNetworks);
    }
}

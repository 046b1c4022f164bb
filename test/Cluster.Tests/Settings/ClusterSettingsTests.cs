using Cluster.Settings;
using Microsoft.Extensions.Configuration;

namespace Cluster.Tests.Settings;

public sealed class ClusterSettingsTests
{
    [Fact]
    public void ReadCluster_OfNothing_IsAClusterOnThisMachine()
    {
        var (settings, faults) = Read();

        faults.ShouldBeEmpty();
        settings.Storage.ConnectionString.ShouldBe("UseDevelopmentStorage=true");
        settings.ServiceId.ShouldBe("muster");
        settings.CoHost.ShouldBeTrue();
        settings.Accounts.ShouldBeEmpty();
    }

    [Fact]
    public void ReadCluster_OfAManagedIdentity_HasNoConnectionString()
    {
        var (settings, faults) = Read(("Storage:ServiceUri", "https://a.table.core.windows.net"), ("Storage:ClientId", "id"));

        faults.ShouldBeEmpty();
        settings.Storage.ShouldBe(new TableAccount { ServiceUri = "https://a.table.core.windows.net", ClientId = "id" });
    }

    [Fact]
    public void ReadCluster_OfSeveralAccounts_NamesThem()
    {
        var (settings, faults) = Read(("Storage:ConnectionString", "x"), ("Storage:Accounts:b:ConnectionString", "y"), ("Storage:Accounts:c:ServiceUri", "https://c"));

        faults.ShouldBeEmpty();
        settings.Accounts.Keys.ShouldBe(["b", "c"], ignoreOrder: true);
        settings.Accounts["b"].ConnectionString.ShouldBe("y");
    }

    [Theory]
    [InlineData("Cluster:ServiceId", "a b", "Cluster:ServiceId is 'a b'")]
    [InlineData("Cluster:ClusterId", "", "Cluster:ClusterId is ''")]
    [InlineData("Cluster:SiloPort", "0", "Cluster:SiloPort is 0")]
    [InlineData("Cluster:SiloPort", "x", "Cluster:SiloPort is 'x'")]
    [InlineData("Cluster:GatewayPort", "70000", "Cluster:GatewayPort is 70000")]
    [InlineData("Cluster:GatewayPort", "11111", "Cluster:GatewayPort is 11111, and so is Cluster:SiloPort")]
    [InlineData("Cluster:CoHost", "maybe", "Cluster:CoHost is 'maybe'")]
    [InlineData("Cluster:Address", "silo", "Cluster:Address is 'silo'")]
    [InlineData("Storage:ServiceUri", "http://a", "Storage:ServiceUri is 'http://a'")]
    [InlineData("Storage:Accounts:B!:ConnectionString", "x", "Storage:Accounts:B! is not a name of an account")]
    [InlineData("Storage:Accounts:b:ClientId", "x", "Storage:Accounts:b has neither ConnectionString nor ServiceUri")]
    public void ReadCluster_OfAFault_NamesIt(string key, string value, string expected)
    {
        var (_, faults) = Read((key, value));

        faults.ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Fact]
    public void ReadCluster_OfOneCertificateFile_NamesTheOthers()
    {
        var (_, faults) = Read(("Cluster:Tls:Certificate", typeof(ClusterSettingsTests).Assembly.Location), ("Cluster:Tls:Key", "nowhere.pem"));

        faults.Count.ShouldBe(2);
        faults[0].ShouldStartWith("Cluster:Tls:Key is 'nowhere.pem'");
        faults[1].ShouldStartWith("Cluster:Tls:Authority is ''");
    }

    [Fact]
    public void ReadCluster_OfAnAccountThatIsBoth_SaysSo()
    {
        var (_, faults) = Read(("Storage:ConnectionString", "x"), ("Storage:ServiceUri", "https://a"));

        faults.ShouldHaveSingleItem().ShouldStartWith("Storage has both ConnectionString and ServiceUri");
    }

    private static (ClusterSettings Settings, List<string> Faults) Read(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create<string, string?>(v.Key, v.Value))).Build();
        var faults = new List<string>();
        return (configuration.ReadCluster(faults), faults);
    }
}

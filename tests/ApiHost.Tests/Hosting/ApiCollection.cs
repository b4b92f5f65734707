namespace Stk.ApiHost.Tests.Hosting;

/// <summary>Tests that share one host. Each uses participants of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiFixture>
{
    public const string Name = "API";
}

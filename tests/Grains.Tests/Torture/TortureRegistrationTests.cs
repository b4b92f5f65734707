using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Stk.Grains.Torture;
using Xunit;

namespace Stk.Grains.Tests.Torture;

public sealed class TortureRegistrationTests
{
    [Theory]
    [InlineData("Development", "true", true)]
    [InlineData("Development", "false", false)]
    [InlineData("Development", null, false)]
    [InlineData("Production", "true", false)]
    [InlineData("Staging", "true", false)]
    public void The_torture_grain_exists_in_Development_alone_and_only_where_it_is_asked_for(
        string environment, string? asked, bool exists)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new(TortureRegistration.Switch, asked)]).Build());
        services.AddSingleton<IHostEnvironment>(new Named(environment));
        services.RemoveTortureUnlessAsked();
        services.Configure<GrainTypeOptions>(types => types.Classes.Add(typeof(TortureGrain)));
        using var provider = services.BuildServiceProvider();

        var classes = provider.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes;

        Assert.Equal(exists, classes.Contains(typeof(TortureGrain)));
    }

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

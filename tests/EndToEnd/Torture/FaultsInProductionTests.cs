using System.Diagnostics;

namespace Stk.EndToEnd.Torture;

public sealed class FaultsInProductionTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task A_silo_outside_Development_refuses_to_start_with_faults_armed(string environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(Silo.Hosting.SiloConfiguration).Assembly.Location },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["DOTNET_ENVIRONMENT"] = environment,
                ["ASPNETCORE_ENVIRONMENT"] = environment,
                // Nobody listens there: the refusal comes before the first look.
                ["ConnectionStrings__Stk"] = "Host=127.0.0.1;Port=9;Database=stk",
                ["STK_FAULTS"] = "ledger.after-commit:kill:0.01",
            },
        };
        using var silo = Process.Start(start) ?? throw new InvalidOperationException("the silo's program did not start");
        var output = silo.StandardOutput.ReadToEndAsync();
        var error = await silo.StandardError.ReadToEndAsync();
        await output;
        await silo.WaitForExitAsync();

        Assert.Equal(1, silo.ExitCode);
        Assert.Equal("STK_FAULTS is set: faults are made in Development alone.", error.Trim());
    }
}

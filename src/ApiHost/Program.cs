using Microsoft.Extensions.Options;
using Stk.ApiHost;
using Stk.ApiHost.Cluster;
using Stk.Hosting;

try
{
    await using var app = ApiApplication.Build(args, builder => builder.AddClusterClient());
    var connection = app.Services.GetRequiredService<ClusterConnection>();
    await app.RunAsync();
    if (connection.Refusal is not { } refusal)
    {
        return 0;
    }

    await Console.Error.WriteLineAsync(refusal);
    return 1;
}
catch (Exception exception) when (exception is RefusedToStartException or OptionsValidationException or IOException)
{
    // What an operator has to change is one sentence; a stack trace tells nothing more.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

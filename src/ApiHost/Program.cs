using Microsoft.Extensions.Options;
using Stk.ApiHost;
using Stk.ApiHost.Cluster;
using Stk.Hosting;

try
{
    await using var app = ApiApplication.Build(args, builder => builder.AddClusterClient());
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is RefusedToStartException or OptionsValidationException or IOException)
{
    // What an operator has to change is one sentence; a stack trace tells nothing more.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

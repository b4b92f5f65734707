using Stk.Cli;
using Stk.Cli.Api;

return await CommandLine.Run(args, Surroundings.OfThisProcess(), Console.Out, Console.Error);

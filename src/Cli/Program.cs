using Stk.Cli;
using Stk.Cli.Api;
using Stk.Cli.Endings;

using var interruption = Interruption.OfSignals();
return await CommandLine.Run(args, Surroundings.OfThisProcess(interruption), InheritedOutput.Open(), Console.Error);

using System.CommandLine;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Cli.Authentication;
using Stk.Cli.Chain;
using Stk.Cli.Endings;
using Stk.Client;
using Stk.Client.Connections;
using Stk.Client.Problems;

namespace Stk.Cli.Demo;

/// <summary>The verb <c>demo</c>, which <c>./stk up --demo</c> asks for.</summary>
internal static class DemoCommand
{
    public static Command Make(Surroundings around)
    {
        var address = new Option<string>("--address") { Description = "The API host.", Required = true };
        var key = new Option<string>("--key") { Description = "The private key that signs everybody's tokens.", Required = true };
        var file = new Option<string>("--community") { Description = "The made-up community.", Required = true };
        var directory = new Option<string>("--progress") { Description = "Where it notes how far it is.", Required = true };
        var (chain, nodes) = (DemoChain.Keys(), ChainCommand.Nodes(isRequired: false));
        var command = new Command("demo", "Fills an empty economy with a made-up community.")
        {
            address, key, file, directory, chain, nodes,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = DemoPlan.Of(
                Community.Read(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file), cancellation)));
            using var signing = SigningKey.Read(parsed.GetRequiredValue(key));
            using var transport = new SocketsHttpHandler();
            var settings = ClientSettings.Patient with { Time = around.Time, Transport = around.Transport ?? transport };
            var clients = new Dictionary<(string, string), TokenomicsClient>();
            var run = new DemoRun(
                plan, new(parsed.GetRequiredValue(directory), plan), Client, parsed.GetRequiredValue(directory),
                parsed.InvocationConfiguration.Error, around.Time);
            try
            {
                var output = parsed.InvocationConfiguration.Output;
                if (!await run.Run(cancellation))
                {
                    await output.WriteLineAsync(
                        "The demo fills an empty economy only, and this one is not: nothing was changed. Give it another STK_HOME.");
                    return;
                }

                await Show(output, Farewell(plan, Token));
                var onChain = new DemoChain(Operator(0), Operator(1), around.Time);
                await Show(output, await onChain.Fill(parsed.GetValue(chain), parsed.GetValue(nodes), cancellation));
            }
            catch (OperationCanceledException exception)
            {
                throw new VerbInterruptedException("Interrupted. Started again, it goes on where it was.", exception);
            }
            catch (ApiException exception) when (exception is ApiUnreachableException || exception.IsOutcomeUnknown)
            {
                throw new VerbRefusal($"{exception.Message} Start the demo again when it is back: it goes on where it was.");
            }
            finally
            {
                foreach (var client in clients.Values)
                {
                    client.Dispose();
                }
            }

            TokenomicsClient Operator(int place) => Client("operator", plan.Community.Operators[place]);

            string Token(string role, string subject) =>
                TokenIssuer.Token(signing, role, subject, around.Time.GetUtcNow(), TokenIssuer.LifetimeOf(role));

            TokenomicsClient Client(string role, string subject)
            {
                if (!clients.TryGetValue((role, subject), out var client))
                {
                    client = new(new(parsed.GetRequiredValue(address)), Token(role, subject), settings);
                    clients.Add((role, subject), client);
                }

                return client;
            }
        });
        return command;
    }

    private static async Task Show(TextWriter output, IEnumerable<string> lines)
    {
        try
        {
            foreach (var line in lines)
            {
                await output.WriteLineAsync(line);
            }
        }
        catch (OutputException exception)
        {
            throw new DoneNotShownException(
                "The demo is there", "The same command shows what can be tried, and does nothing twice.", exception);
        }
    }

    private static IEnumerable<string> Farewell(DemoPlan plan, Func<string, string, string> token)
    {
        var community = plan.Community;
        var last = community.FirstWeek;
        for (var week = 1; week < community.Weeks; week++)
        {
            last = last.Next;
        }

        var seller = community.People.First(person => person.Role == "mentor").Id;
        // every plan has purchases
        var buyer = plan.Steps.OfType<DemoStep.Buy>().GroupBy(buy => buy.Buyer).MaxBy(group => group.Count())!.Key;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The demo is here: {community.People.Length} participants, {community.Weeks} weeks to {last}, {plan.Steps.OfType<DemoStep.Send>().Count()} transfers, {plan.Steps.OfType<DemoStep.Buy>().Count()} purchases.");
        yield return "";
        yield return $"As {buyer}, who buys:";
        yield return $"  export STK_TOKEN={token("participant", buyer)}";
        yield return "  ./stk balance; ./stk history --limit 10; ./stk services list; ./stk entitlements";
        yield return $"  ./stk transfer {seller} 5 --note 'Thanks!'";
        yield return $"As {seller}, a mentor, beside it in another terminal:";
        yield return $"  export STK_TOKEN={token("participant", seller)}";
        yield return "  ./stk balance --watch";
        yield return "As an operator:";
        yield return $"  export STK_TOKEN=$(./stk token --role operator --sub {community.Operators[0]} | tail -n 1)";
        yield return $"  ./stk treasury list; ./stk audit; ./stk distribution; ./stk supply; ./stk weeks status {last}; ./stk verify";
        yield return "  ./stk operators list; ./stk approvals list --state all";
        yield return $"As another operator, {community.Operators[1]}, who approves what the first one asks for:";
        yield return "  ./stk approvals list; ./stk approvals approve ID --reason 'I have looked at it'";
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Stk.Cli.Api;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Cli.Chain;

/// <summary>The verb <c>chain tx</c>: what a signature has come to, as each node shows it.</summary>
internal static class TransactionVerb
{
    public static Command Make()
    {
        var signature = new Argument<string>("signature") { Description = "In base58, as a payout or an act shows it." };
        signature.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !Signature.TryParse(given.Value, out _, out var flaw))
            {
                result.AddError($"signature must be one in base58: {flaw}.");
            }
        });
        var nodes = ChainCommand.Nodes();
        var command = new Command("tx", "Prints what a transaction has done, as each node shows it.") { signature, nodes };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = ChainCommand.Services(parsed.GetRequiredValue(nodes));
            var asked = Signature.Parse(parsed.GetRequiredValue(signature));
            var output = parsed.InvocationConfiguration.Output;
            LandedTransaction? landed = null;
            foreach (var node in services.GetRequiredService<ISolanaNodes>().All)
            {
                var found = await node.GetTransaction(asked, Commitment.Confirmed, cancellation);
                var shown = found is RpcResult<LandedTransaction?>.Answered { Value: { } transaction } ? transaction : null;
                landed ??= shown;
                await output.WriteLineAsync(TerminalText.Safe(string.Create(
                    CultureInfo.InvariantCulture, $"node    {node.Node}: {Said(found, shown)}")));
            }

            foreach (var line in landed is null ? [] : Lines(landed))
            {
                await output.WriteLineAsync(TerminalText.Safe(line));
            }

            return landed is null ? 1 : 0;
        });
        return command;
    }

    private static string Said(RpcResult<LandedTransaction?> result, LandedTransaction? shown) => shown is null
        ? result.Error?.Sentence ?? "does not have it"
        : string.Create(
            CultureInfo.InvariantCulture, $"slot {shown.Slot}, {shown.Failure?.Sentence ?? "success"}");

    private static IEnumerable<string> Lines(LandedTransaction landed)
    {
        var message = Transaction.Parse(landed.Bytes.AsSpan()).Message;
        yield return string.Create(
            CultureInfo.InvariantCulture, $"payer   {message.FeePayer}, fee {landed.Fee} lamports");
        foreach (var instruction in message.Instructions)
        {
            if (message.StaticKeys[instruction.ProgramIndex] == MemoProgram.ProgramId)
            {
                yield return $"memo    {Encoding.UTF8.GetString(instruction.Data.AsSpan())}";
            }
        }

        var changes = landed.Before.Select(balance => (balance, Sign: -1))
            .Concat(landed.After.Select(balance => (balance, Sign: 1)))
            .GroupBy(one => (one.balance.AccountIndex, one.balance.Mint), one => one.Sign * (Int128)one.balance.Amount)
            .Select(group => (group.Key, Micro: group.Aggregate((Int128)0, (sum, part) => sum + part)))
            .Where(change => change.Micro != 0 && change.Key.AccountIndex < message.StaticKeys.Length);
        foreach (var ((index, mint), micro) in changes)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"tokens  {message.StaticKeys[index]}: {(decimal)micro / 1_000_000:+0.######;-0.######} of {mint}");
        }
    }
}

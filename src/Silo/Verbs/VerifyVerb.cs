using System.CommandLine;
using System.Globalization;
using Npgsql;
using Stk.Grains.Weeks;
using Stk.Ledger;
using Stk.Ledger.Verify;

namespace Stk.Silo.Verbs;

/// <summary><c>verify [--head SEQUENCE:HASH]</c>: recomputes the ledger, and names the first row that does not fit.</summary>
internal static class VerifyVerb
{
    public static Command Command()
    {
        var head = new Option<string?>("--head")
        {
            Description = "A head published earlier, SEQUENCE:HASH: it must still be in the journal.",
        };
        var command = new Command("verify", "Recomputes every balance and the chain of the ledger.") { head };
        command.SetAction((parsed, cancellation) => Run(parsed.GetValue(head), cancellation));
        return command;
    }

    private static async Task<int> Run(string? head, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(Database.ConnectionString());
        var verifier = new LedgerVerifier(database, [new SettlementCheck(), new GrantsCheck()]);
        VerifyResult result;
        if (head is null)
        {
            result = await verifier.Run(cancellation);
        }
        else if (LedgerHead.TryParse(head, out var sequence, out var hash))
        {
            result = await verifier.Run(sequence, hash, cancellation);
        }
        else
        {
            Console.Error.WriteLine("--head must be SEQUENCE:HASH, as verify prints it.");
            return 2;
        }

        if (result.Fault is { } fault)
        {
            Console.Error.WriteLine($"The ledger does not add up. First row that does not fit: {fault}");
            return 1;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger adds up: {result.Commits} commits, {result.Transactions} transactions, {result.Postings} postings, {result.Accounts} accounts, {result.Effects} effects."));
        Console.WriteLine($"head {result.Head}");
        return 0;
    }
}

using System.CommandLine;
using System.Globalization;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Verification;

namespace Stk.Silo.Verbs;

/// <summary>
/// <c>verify [--head SEQUENCE:HASH] [--public-keys FILE] [--harness] [--chain]</c>: looks at every invariant, at one
/// moment, and names the rows that break one.
/// </summary>
internal static class VerifyVerb
{
    private const string KeysSetting = $"{SigningOptions.Section}:{nameof(SigningOptions.SigningPublicKeys)}";

    public static Command Command()
    {
        var head = new Option<string?>("--head")
        {
            Description = "A head published earlier, SEQUENCE:HASH: it must still be in the journal.",
        };
        var keys = new Option<string?>("--public-keys")
        {
            Description = $"The file of the silos' public keys; else {KeysSetting}.",
        };
        var harness = new Option<bool>("--harness")
        {
            Description = "Of an economy that was tortured: takes its harness's transactions, which are none of anybody's.",
        };
        var chain = new Option<bool>("--chain")
        {
            Description = "Asks the nodes too: the chain's transactions are the ledger's, one by one and per person.",
        };
        var command = new Command("verify", "Recomputes the ledger, the seals and the statements, and looks at every invariant.")
        {
            head,
            keys,
            harness,
            chain,
        };
        command.SetAction((parsed, cancellation) => Run(
            parsed.GetValue(head), parsed.GetValue(keys), parsed.GetValue(harness), parsed.GetValue(chain),
            cancellation));
        return command;
    }

    private static async Task<int> Run(
        string? head, string? keysFile, bool isHarness, bool withChain, CancellationToken cancellation)
    {
        (long Sequence, Digest Hash)? published = null;
        if (head is not null)
        {
            if (!LedgerHead.TryParse(head, out var sequence, out var hash))
            {
                Console.Error.WriteLine("--head must be SEQUENCE:HASH, as verify prints it.");
                return 2;
            }

            published = (sequence, hash);
        }

        // Without them a forged commit passes: what was not looked at is not called sound.
        if ((keysFile ?? Database.Configuration()[KeysSetting]) is not { Length: > 0 } file)
        {
            Console.Error.WriteLine($"{KeysSetting} names no file of public keys, and --public-keys gives none.");
            return 2;
        }

        var keys = SigningPublicKeys.Read(file);
        await using var database = Database.Open();
        var check = new InvariantsCheck(database, published, keys: keys, isHarness: isHarness);
        var findings = await check.Run(cancellation).ToListAsync(cancellation);
        var journal = check.Journal ?? throw new InvalidOperationException("the check has not looked at the journal");
        if (journal.IsSound)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The ledger adds up: {journal.Commits} commits, {journal.Transactions} transactions, {journal.Postings} postings, {journal.Accounts} accounts, {journal.Effects} effects."));
        }

        foreach (var finding in findings)
        {
            Console.WriteLine(finding);
            foreach (var violation in finding.Violations)
            {
                Console.WriteLine($"     {violation}");
            }
        }

        await ShowWarnings(check, cancellation);
        if (findings.Find(finding => !finding.Holds) is { } broken)
        {
            Console.Error.WriteLine(journal.Fault is { } fault
                ? $"The ledger does not add up. First row that does not fit: {fault}"
                : $"{broken.Invariant.Name} is broken. First row that does not fit: {broken.Violations[0]}");
            return 1;
        }

        if (withChain && !await ChainLook.Run(database, Database.Configuration(), cancellation))
        {
            return 1;
        }

        Console.WriteLine($"head {journal.Head}");
        return 0;
    }

    private static async Task ShowWarnings(InvariantsCheck check, CancellationToken cancellation)
    {
        var (warnings, count) = await check.Warn(cancellation);
        foreach (var warning in warnings)
        {
            Console.WriteLine($"warning  {warning}");
        }

        if (count > warnings.Length)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"warning  {count - warnings.Length} more such names"));
        }
    }
}

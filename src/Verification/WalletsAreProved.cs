using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Verify;
using Stk.Rules.Wallets;
using Stk.Solana.Keys;
using Stk.Solana.SignIn;

namespace Stk.Verification;

/// <summary>
/// Each link of a wallet, ended ones too, has a proof: the wallet's key has signed a text that names the wallet and the
/// participant. Of those that are open there is one a participant and one an address.
/// </summary>
internal sealed class WalletsAreProved : IInvariant
{
    // The text's second line is the address, and its fourth the statement.
    private const int AddressLine = 1;
    private const int StatementLine = 3;

    private const string Sql = """
        SELECT wallet.id, participant.id, wallet.address, wallet.proof::text,
            wallet.ended_at IS NULL AND count(*) FILTER (WHERE wallet.ended_at IS NULL) OVER of_participant > 1,
            wallet.ended_at IS NULL AND count(*) FILTER (WHERE wallet.ended_at IS NULL) OVER of_address > 1
        FROM settlement.wallets wallet JOIN activity.participants participant ON participant.number = wallet.participant
        WINDOW of_participant AS (PARTITION BY wallet.participant), of_address AS (PARTITION BY wallet.address)
        """;

    public string Name => "I30";

    public string Statement =>
        "Every link of a wallet was signed by the wallet's key for its participant; one is open a participant, and one a wallet.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var name = $"link {row.GetGuid(0)} of participant {row.GetString(1)}";
            if (Flaw(row.GetString(1), row.GetString(2), LinkProof.Read(row.GetString(3))) is { } flaw)
            {
                yield return new("settlement.wallets", name, $"a proof of {row.GetString(2)} for this participant", flaw);
            }

            if (row.GetBoolean(4) || row.GetBoolean(5))
            {
                yield return new(
                    "settlement.wallets", name, "one open link",
                    row.GetBoolean(4) ? "several of this participant" : "several of this wallet");
            }
        }
    }

    // Null where it proves the link.
    private static string? Flaw(string participant, string address, LinkProof? proof)
    {
        if (proof is null || !PublicKey.TryParse(address, out var wallet, out _))
        {
            return proof is null ? "none" : "no address";
        }

        var lines = proof.Text.Split('\n');
        return lines.ElementAtOrDefault(AddressLine) != address ? "a text for another wallet"
            : lines.ElementAtOrDefault(StatementLine) != Challenges.Statement(participant) ? "a text for another participant"
            : proof.Check(wallet) is var verdict and not SignatureVerdict.Valid ? $"a signature that is {verdict}"
            : null;
    }
}

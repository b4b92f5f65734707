using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Verification.Chain;

/// <summary>
/// The chain's transactions are the ledger's, one by one and per person: read from the nodes themselves, with nothing of
/// what settlement has kept of them.
/// </summary>
public sealed class ChainCheck(NpgsqlDataSource database, IEnumerable<IRpcClient> nodes, VaultAddresses ours)
{
    /// <summary>A finding a node. The ledger is read first: what is in it is final on chain.</summary>
    public async IAsyncEnumerable<ChainFinding> Run([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var book = await ChainBook.Read(database, cancellation);
        foreach (var node in nodes)
        {
            var (history, trouble) = await ChainHistory.Read(node, book, ours, cancellation);
            yield return history is null
                ? new(node.Node, 0, 0, trouble, [])
                : new(
                    node.Node, history.Transactions.Length, book.Persons.Length, null,
                    ChainComparison.Of(
                        book, [ours.VaultTokens.ToString(), ours.FloatTokens.ToString()], history.Transactions));
        }
    }
}

/// <param name="Transactions">That have changed one of our token accounts.</param>
/// <param name="Persons">Who have got or given back something, by the ledger.</param>
/// <param name="Trouble">Why the node's word counts for nothing; null where it counts.</param>
/// <param name="Mismatches">A sentence each.</param>
public sealed record ChainFinding(
    string Node, int Transactions, int Persons, string? Trouble, ImmutableArray<string> Mismatches);

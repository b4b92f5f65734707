using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Tests.Books;

/// <summary>A ledger as simple as it can be said: what the real one is compared with.</summary>
internal sealed class BookModel(long issuedAtMost)
{
    private readonly Dictionary<AccountId, long> _balances = [];
    private readonly Dictionary<Guid, (Digest Content, string Answer)> _answers = [];

    public IReadOnlyDictionary<AccountId, long> Balances => _balances;

    /// <summary>
    /// The answer in words: <c>accepted</c> with its balances, or the reason; <c>again</c> before a repeat.
    /// </summary>
    public string Post(Transaction transaction)
    {
        if (_answers.TryGetValue(transaction.Id, out var past))
        {
            return past.Content == transaction.ContentHash
                ? "again " + past.Answer
                : Refusal.IdUsedWithOtherContent.ToString();
        }

        var answer = Answer(transaction);
        _answers.Add(transaction.Id, (transaction.ContentHash, answer));
        return answer;
    }

    public static string InWords(PostResult result) => result switch
    {
        PostResult.Accepted { Committed: var receipt } => InWords(receipt),
        PostResult.Repeated { First: { Accepted: { } receipt } } => "again " + InWords(receipt),
        PostResult.Repeated { First: var first } => $"again {first.Refused}",
        PostResult.Refused { Reason: var reason } => reason.ToString(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string InWords(Receipt receipt) => "accepted " + string.Join(
        ' ', receipt.Lines.Select(line => line.BalanceAfter.Micro));

    private string Answer(Transaction transaction)
    {
        var trial = new Dictionary<AccountId, long>(_balances);
        var words = "accepted";
        foreach (var (account, amount) in transaction.Postings)
        {
            trial[account] = trial.GetValueOrDefault(account) + amount.Micro;
            words += $" {trial[account]}";
            if (account == AccountId.Issuance ? trial[account] < -issuedAtMost : trial[account] < 0)
            {
                return (account == AccountId.Issuance ? Refusal.BeyondSchedule : Refusal.InsufficientFunds).ToString();
            }
        }

        foreach (var (account, balance) in trial)
        {
            _balances[account] = balance;
        }

        return words;
    }
}

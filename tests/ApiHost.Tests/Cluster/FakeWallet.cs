using System.Collections.Concurrent;
using Stk.GrainInterfaces.Wallets;
using Stk.Rules.Wallets;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>A participant's wallet, which links whatever answers its challenge.</summary>
public sealed class FakeWallet : IWalletGrain
{
    public const string Nonce = "0b54ad4c7c3c5f2e9a512f5a3a1b8f10";

    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private WalletView _wallet = new(null, null, null, WalletMode.Keep, null);

    /// <summary>Where STK are sent back to.</summary>
    public DepositAddress? Deposit { get; set; }

    /// <summary>Why all is refused; null where it is not.</summary>
    public RefusedWallet? Refusal { get; set; }

    public ConcurrentQueue<ChallengeRequest> Challenges { get; } = new();

    public ConcurrentQueue<LinkWalletRequest> Links { get; } = new();

    public FakeAnswers Answers { get; } = new();

    public Task<WalletReply> Get(CancellationToken cancellation) => Task.FromResult<WalletReply>(
        Refusal is { } refusal ? new WalletReply.Refused(refusal) : new WalletReply.Done(
            _wallet, IsReplay: false, default, default, default, Deposit));

    public Task<ChallengeReply> Challenge(ChallengeRequest request, CancellationToken cancellation)
    {
        Challenges.Enqueue(request);
        return Task.FromResult<ChallengeReply>(Refusal is { } refusal
            ? new ChallengeReply.Refused(refusal)
            : new ChallengeReply.Done(new(
                Nonce, $"{request.Domain} wants you to sign in", request.Domain, request.Address, "Link.",
                request.Uri.AbsoluteUri, "1", "localnet", "2026-01-05T08:00:00.000Z", "2026-01-05T08:05:00.000Z",
                At.AddMinutes(5), request.Form == ProofForm.Transaction ? [1, 2, 3] : null)));
    }

    public Task<WalletReply> Link(LinkWalletRequest request, CancellationToken cancellation)
    {
        Links.Enqueue(request);
        return Change(request.Key, _wallet with { Address = "wallet", LinkedAt = At, PayableFrom = At.AddHours(48) });
    }

    public Task<WalletReply> Unlink(UnlinkWalletRequest request, CancellationToken cancellation) =>
        Change(request.Key, new(null, null, null, _wallet.Mode, null));

    public Task<WalletReply> SetMode(SetWalletModeRequest request, CancellationToken cancellation) =>
        Change(request.Key, _wallet with { Mode = request.Mode });

    private Task<WalletReply> Change(GrainInterfaces.Requests.RequestKey key, WalletView next) => Answers.Give<WalletReply>(
        key,
        () =>
        {
            if (Refusal is { } refusal)
            {
                return new WalletReply.Refused(refusal);
            }

            _wallet = next;
            return new WalletReply.Done(_wallet, IsReplay: false);
        },
        first => first is WalletReply.Done done ? done with { IsReplay = true } : first,
        () => new WalletReply.KeyReused());
}

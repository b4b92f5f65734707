using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Wallets;

/// <summary>
/// Where a participant's STK go when they leave: the wallet that was linked by proof. Key: the participant id, as in the
/// token's <c>sub</c>.
/// </summary>
[Alias("stk.wallet")]
public interface IWalletGrain : IGrainWithStringKey
{
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<WalletReply> Get(CancellationToken cancellation);

    /// <summary>What a wallet is to sign so that it can be linked. It is answered once, within five minutes.</summary>
    [Alias("challenge"), MayCall(CallerRoles.Self)]
    Task<ChallengeReply> Challenge(ChallengeRequest request, CancellationToken cancellation);

    /// <summary>Links a wallet, in place of the one before. Answered means committed.</summary>
    [Alias("link"), MayCall(CallerRoles.Self)]
    Task<WalletReply> Link(LinkWalletRequest request, CancellationToken cancellation);

    /// <summary>Ends the link.</summary>
    [Alias("unlink"), MayCall(CallerRoles.Self)]
    Task<WalletReply> Unlink(UnlinkWalletRequest request, CancellationToken cancellation);

    /// <summary>Chooses what becomes of a week's STK.</summary>
    [Alias("set-mode"), MayCall(CallerRoles.Self)]
    Task<WalletReply> SetMode(SetWalletModeRequest request, CancellationToken cancellation);
}

namespace Stk.Solana.Programs;

/// <summary>Which right <see cref="TokenProgram.SetAuthority"/> hands over. Numbers are SPL Token's.</summary>
public enum AuthorityType : byte
{
    MintTokens = 0,
    FreezeAccount = 1,
    AccountOwner = 2,
    CloseAccount = 3,
}

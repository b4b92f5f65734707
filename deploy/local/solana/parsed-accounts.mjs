// What a node says of an account under "jsonParsed": those of SPL Token, and nonces. Of others it shows the bytes.
import { decimalsOf, readMint, readMultisig, readTokenAccount, tokenAmount } from './tokens.mjs';
import { nonceValue, textOf, TOKEN_PROGRAM } from './vm.mjs';

/** { program, parsed, space }; null where a node has no words for it. */
export function parseAccount(account, lookUp) {
  if (nonceValue(account) !== null) return said('nonce', 'initialized', nonceInfo(account.data), account);
  // Extensions are left to the reader: half of what an account says is worse than its bytes.
  const program = account.owner === TOKEN_PROGRAM ? 'spl-token' : 'spl-token-2022';
  if (program === 'spl-token-2022' && account.data.length > 165 && readMultisig(account) === null) return null;
  const holding = readTokenAccount(account);
  if (holding !== null) {
    const decimals = decimalsOf(holding.mint, lookUp);
    return decimals === null ? null : said(program, 'account', holdingInfo(holding, decimals), account);
  }
  const mint = readMint(account);
  if (mint !== null) return said(program, 'mint', mintInfo(mint), account);
  const multisig = readMultisig(account);
  return multisig === null ? null : said(program, 'multisig', {
    numRequiredSigners: multisig.required, numValidSigners: multisig.valid, isInitialized: true, signers: multisig.signers,
  }, account);
}

const said = (program, type, info, account) => ({ program, parsed: { type, info }, space: account.data.length });

// A member that does not apply is left out.
function holdingInfo(holding, decimals) {
  const isNative = holding.rentExemptReserve !== null;
  return {
    mint: holding.mint,
    owner: holding.owner,
    tokenAmount: tokenAmount(holding.amount, decimals),
    delegate: holding.delegate ?? undefined,
    state: holding.state,
    isNative,
    rentExemptReserve: isNative ? tokenAmount(holding.rentExemptReserve, decimals) : undefined,
    delegatedAmount: holding.delegate === null ? undefined : tokenAmount(holding.delegatedAmount, decimals),
    closeAuthority: holding.closeAuthority ?? undefined,
  };
}

const mintInfo = ({ mintAuthority, supply, decimals, freezeAuthority }) =>
  ({ mintAuthority, supply: String(supply), decimals, isInitialized: true, freezeAuthority });

const nonceInfo = (data) => ({
  authority: textOf(data.subarray(8, 40)),
  blockhash: textOf(data.subarray(40, 72)),
  feeCalculator: { lamportsPerSignature: String(data.readBigUInt64LE(72)) },
});

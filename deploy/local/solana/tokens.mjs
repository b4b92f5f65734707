// What accounts of SPL Token hold; those of Token-2022 begin with the same bytes.
import { textOf, TOKEN_PROGRAM } from './vm.mjs';

export const TOKEN_2022_PROGRAM = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';
export const NATIVE_MINT = 'So11111111111111111111111111111111111111112';

const ACCOUNT_SIZE = 165;
const MINT_SIZE = 82;
const MULTISIG_SIZE = 355;
const NATIVE_DECIMALS = 9;
// Where an account of Token-2022 has extensions, this byte behind the longest of SPL Token's tells its kind.
const KIND_AT = 165;
const KIND_MINT = 1;
const KIND_ACCOUNT = 2;
const ACCOUNT_STATES = ['uninitialized', 'initialized', 'frozen'];

export const isTokenProgram = (address) => address === TOKEN_PROGRAM || address === TOKEN_2022_PROGRAM;

// No account with extensions is as long as a multisig: Token-2022 sees to that.
const has = (account, size, kind) => account !== null && isTokenProgram(account.owner)
  && (account.data.length === size || (account.owner === TOKEN_2022_PROGRAM
    && account.data.length !== MULTISIG_SIZE && account.data[KIND_AT] === kind));

/** { mint, owner, amount, delegate, state, ... }; null where it is no token account. */
export function readTokenAccount(account) {
  if (!has(account, ACCOUNT_SIZE, KIND_ACCOUNT) || account.data[108] === 0) return null;
  const { data } = account;
  return {
    mint: textOf(data.subarray(0, 32)),
    owner: textOf(data.subarray(32, 64)),
    amount: data.readBigUInt64LE(64),
    delegate: keyOrNull(data, 72),
    state: ACCOUNT_STATES[data[108]],
    rentExemptReserve: data.readUInt32LE(109) === 0 ? null : data.readBigUInt64LE(113),
    delegatedAmount: data.readBigUInt64LE(121),
    closeAuthority: keyOrNull(data, 129),
  };
}

/** { mintAuthority, supply, decimals, freezeAuthority }; null where it is none. */
export function readMint(account) {
  if (!has(account, MINT_SIZE, KIND_MINT) || account.data[45] === 0) return null;
  const { data } = account;
  return {
    mintAuthority: keyOrNull(data, 0),
    supply: data.readBigUInt64LE(36),
    decimals: data[44],
    freezeAuthority: keyOrNull(data, 46),
  };
}

/** { required, valid, signers }; null where it is none. */
export function readMultisig(account) {
  if (account === null || !isTokenProgram(account.owner) || account.data.length !== MULTISIG_SIZE) return null;
  const [required, valid, isInitialized] = account.data;
  if (isInitialized === 0) return null;
  const signer = (place) => textOf(account.data.subarray(3 + 32 * place, 35 + 32 * place));
  return { required, valid, signers: Array.from({ length: valid }, (_, place) => signer(place)) };
}

/** How many decimals a mint has; null where there is none. */
export const decimalsOf = (mint, lookUp) =>
  (mint === NATIVE_MINT ? NATIVE_DECIMALS : readMint(lookUp(mint))?.decimals ?? null);

/** An amount as nodes write it. */
export function tokenAmount(amount, decimals) {
  const digits = String(amount).padStart(decimals + 1, '0');
  const [whole, rest] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const text = rest.replace(/0+$/, '') === '' ? whole : `${whole}.${rest.replace(/0+$/, '')}`;
  return { amount: String(amount), decimals, uiAmount: Number(text), uiAmountString: text };
}

const keyOrNull = (data, at) => data.readUInt32LE(at) === 0 ? null : textOf(data.subarray(at + 4, at + 36));

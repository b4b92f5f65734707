// What a node says of an instruction under "jsonParsed": System, SPL Token, associated account and Memo. Names and fields
// are those of Agave's transaction-status. Of another program's, or of nonsense, a node shows accounts and data.
import { isTokenProgram, tokenAmount } from './tokens.mjs';
import { SYSTEM_PROGRAM, textOf, TOKEN_PROGRAM } from './vm.mjs';

const ASSOCIATED_ACCOUNT_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL';
const MEMO_PROGRAMS = ['MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr', 'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo'];

/** { program, parsed }; null where a node has no words for it. */
export function parseInstruction(programId, accounts, data) {
  try {
    if (MEMO_PROGRAMS.includes(programId)) return { program: 'spl-memo', parsed: memoText(data) };
    const [program, parse] = parserOf(programId);
    const read = new Reader(data);
    const said = parse?.(accounts, read);
    return said === undefined ? null : { program, parsed: { type: said[0], info: said[1] } };
  } catch (error) {
    if (error instanceof NotParsable || error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/** All memos of a transaction as getSignaturesForAddress gives them; null where it has none. */
export function memoOf(transaction) {
  const memos = transaction.instructions.filter((call) => MEMO_PROGRAMS.includes(call.program)).map(({ data }) => {
    try {
      return `[${data.length}] ${memoText(data)}`;
    } catch {
      return `[${data.length}] (unparseable)`;
    }
  });
  return memos.length === 0 ? null : memos.join('; ');
}

const memoText = (data) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);

class NotParsable extends Error {}

class Reader {
  #at = 0;

  constructor(data) {
    this.data = data;
  }

  get isAtEnd() {
    return this.#at >= this.data.length;
  }

  u8() {
    return this.data.readUInt8(this.#move(1));
  }

  u32() {
    return this.data.readUInt32LE(this.#move(4));
  }

  u64() {
    return this.data.readBigUInt64LE(this.#move(8));
  }

  key() {
    const at = this.#move(32);
    return textOf(this.data.subarray(at, at + 32));
  }

  keyOrNull() {
    return this.u8() === 0 ? null : this.key();
  }

  text() {
    const length = Number(this.u64());
    const at = this.#move(length);
    return memoText(this.data.subarray(at, at + length));
  }

  #move(length) {
    const at = this.#at;
    if (at + length > this.data.length) throw new NotParsable();
    this.#at += length;
    return at;
  }
}

function parserOf(programId) {
  if (programId === SYSTEM_PROGRAM) return ['system', parseSystem];
  if (programId === ASSOCIATED_ACCOUNT_PROGRAM) return ['spl-associated-token-account', parseAssociated];
  if (isTokenProgram(programId)) return [programId === TOKEN_PROGRAM ? 'spl-token' : 'spl-token-2022', parseToken];
  return [];
}

function needed(accounts, count) {
  if (accounts.length < count) throw new NotParsable();
  return accounts;
}

// By the instruction's number: [type, accounts needed, (accounts, reader) => info].
const SYSTEM = {
  0: ['createAccount', 2, ([source, newAccount], read) =>
    ({ source, newAccount, lamports: read.u64(), space: read.u64(), owner: read.key() })],
  1: ['assign', 1, ([account], read) => ({ account, owner: read.key() })],
  2: ['transfer', 2, ([source, destination], read) => ({ source, destination, lamports: read.u64() })],
  3: ['createAccountWithSeed', 2, ([source, newAccount], read) => ({
    source, newAccount, base: read.key(), seed: read.text(), lamports: read.u64(), space: read.u64(), owner: read.key(),
  })],
  4: ['advanceNonce', 3, ([nonceAccount, recentBlockhashesSysvar, nonceAuthority]) =>
    ({ nonceAccount, recentBlockhashesSysvar, nonceAuthority })],
  5: ['withdrawFromNonce', 5, ([nonceAccount, destination, recentBlockhashesSysvar, rentSysvar, nonceAuthority], read) =>
    ({ nonceAccount, destination, recentBlockhashesSysvar, rentSysvar, nonceAuthority, lamports: read.u64() })],
  6: ['initializeNonce', 3, ([nonceAccount, recentBlockhashesSysvar, rentSysvar], read) =>
    ({ nonceAccount, recentBlockhashesSysvar, rentSysvar, nonceAuthority: read.key() })],
  7: ['authorizeNonce', 2, ([nonceAccount, nonceAuthority], read) =>
    ({ nonceAccount, nonceAuthority, newAuthorized: read.key() })],
  8: ['allocate', 1, ([account], read) => ({ account, space: read.u64() })],
  9: ['allocateWithSeed', 2, ([account], read) =>
    ({ account, base: read.key(), seed: read.text(), space: read.u64(), owner: read.key() })],
  10: ['assignWithSeed', 2, ([account], read) => ({ account, base: read.key(), seed: read.text(), owner: read.key() })],
  11: ['transferWithSeed', 3, ([source, sourceBase, destination], read) =>
    ({ source, sourceBase, destination, lamports: read.u64(), sourceSeed: read.text(), sourceOwner: read.key() })],
  12: ['upgradeNonce', 1, ([nonceAccount]) => ({ nonceAccount })],
};

function parseSystem(accounts, read) {
  const [type, count, info] = SYSTEM[read.u32()];
  return [type, info(needed(accounts, count), read)];
}

function parseAssociated(accounts, read) {
  const number = read.isAtEnd ? 0 : read.u8();
  if (number === 2) {
    const [nestedSource, nestedMint, destination, nestedOwner, ownerMint, wallet, tokenProgram] = needed(accounts, 7);
    return ['recoverNested', { nestedSource, nestedMint, destination, nestedOwner, ownerMint, wallet, tokenProgram }];
  }
  if (number > 2) throw new NotParsable();
  const [source, account, wallet, mint, systemProgram, tokenProgram] = needed(accounts, 6);
  return [number === 0 ? 'create' : 'createIdempotent', { source, account, wallet, mint, systemProgram, tokenProgram }];
}

const AUTHORITIES = ['mintTokens', 'freezeAccount', 'accountOwner', 'closeAccount'];
const IMMUTABLE_OWNER = 7;

// Whoever signs is the account at a place; where more follow it is taken for a multisig and they for its signers. So a
// transfer that carries a reference shows its owner as a multisig: that is what nodes say of it too.
const signedBy = (accounts, place, one, many) => accounts.length > place + 1
  ? { [many]: accounts[place], signers: accounts.slice(place + 1) }
  : { [one]: accounts[place] };
const byAuthority = (accounts, place) => signedBy(accounts, place, 'authority', 'multisigAuthority');
const byOwner = (accounts, place) => signedBy(accounts, place, 'owner', 'multisigOwner');
const byMintAuthority = (accounts, place) => signedBy(accounts, place, 'mintAuthority', 'multisigMintAuthority');
const byFreezeAuthority = (accounts, place) => signedBy(accounts, place, 'freezeAuthority', 'multisigFreezeAuthority');

const amountOf = (read) => ({ amount: String(read.u64()) });
const checkedAmountOf = (read) => {
  const amount = read.u64();
  return { tokenAmount: tokenAmount(amount, read.u8()) };
};

function newMint(read) {
  const [decimals, mintAuthority, freezeAuthority] = [read.u8(), read.key(), read.keyOrNull()];
  return { decimals, mintAuthority, freezeAuthority: freezeAuthority ?? undefined };
}

const TOKEN = {
  0: ['initializeMint', 2, ([mint, rentSysvar], read) => ({ mint, ...newMint(read), rentSysvar })],
  1: ['initializeAccount', 4, ([account, mint, owner, rentSysvar]) => ({ account, mint, owner, rentSysvar })],
  2: ['initializeMultisig', 3, ([multisig, rentSysvar, ...signers], read) =>
    ({ multisig, rentSysvar, signers, m: read.u8() })],
  3: ['transfer', 3, (all, read) => ({ source: all[0], destination: all[1], ...amountOf(read), ...byAuthority(all, 2) })],
  4: ['approve', 3, (all, read) => ({ source: all[0], delegate: all[1], ...amountOf(read), ...byOwner(all, 2) })],
  5: ['revoke', 2, (all) => ({ source: all[0], ...byOwner(all, 1) })],
  6: ['setAuthority', 2, (all, read) => {
    const kind = read.u8();
    if (kind >= AUTHORITIES.length) throw new NotParsable();
    return {
      [kind < 2 ? 'mint' : 'account']: all[0], authorityType: AUTHORITIES[kind], newAuthority: read.keyOrNull(),
      ...byAuthority(all, 1),
    };
  }],
  7: ['mintTo', 3, (all, read) => ({ mint: all[0], account: all[1], ...amountOf(read), ...byMintAuthority(all, 2) })],
  8: ['burn', 3, (all, read) => ({ account: all[0], mint: all[1], ...amountOf(read), ...byAuthority(all, 2) })],
  9: ['closeAccount', 3, (all) => ({ account: all[0], destination: all[1], ...byOwner(all, 2) })],
  10: ['freezeAccount', 3, (all) => ({ account: all[0], mint: all[1], ...byFreezeAuthority(all, 2) })],
  11: ['thawAccount', 3, (all) => ({ account: all[0], mint: all[1], ...byFreezeAuthority(all, 2) })],
  12: ['transferChecked', 4, (all, read) =>
    ({ source: all[0], mint: all[1], destination: all[2], ...checkedAmountOf(read), ...byAuthority(all, 3) })],
  13: ['approveChecked', 4, (all, read) =>
    ({ source: all[0], mint: all[1], delegate: all[2], ...checkedAmountOf(read), ...byOwner(all, 3) })],
  14: ['mintToChecked', 3, (all, read) =>
    ({ mint: all[0], account: all[1], ...checkedAmountOf(read), ...byMintAuthority(all, 2) })],
  15: ['burnChecked', 3, (all, read) =>
    ({ account: all[0], mint: all[1], ...checkedAmountOf(read), ...byAuthority(all, 2) })],
  16: ['initializeAccount2', 3, ([account, mint, rentSysvar], read) => ({ account, mint, owner: read.key(), rentSysvar })],
  17: ['syncNative', 1, ([account]) => ({ account })],
  18: ['initializeAccount3', 2, ([account, mint], read) => ({ account, mint, owner: read.key() })],
  19: ['initializeMultisig2', 2, ([multisig, ...signers], read) => ({ multisig, signers, m: read.u8() })],
  20: ['initializeMint2', 1, ([mint], read) => ({ mint, ...newMint(read) })],
  // The associated account program asks this of each mint.
  21: ['getAccountDataSize', 1, ([mint], read) => {
    if (read.isAtEnd) return { mint };
    if (read.data.length !== 3 || read.u8() !== IMMUTABLE_OWNER || read.u8() !== 0) throw new NotParsable();
    return { mint, extensionTypes: ['immutableOwner'] };
  }],
  22: ['initializeImmutableOwner', 1, ([account]) => ({ account })],
};

function parseToken(accounts, read) {
  const [type, count, info] = TOKEN[read.u8()];
  return [type, info(needed(accounts, count), read)];
}

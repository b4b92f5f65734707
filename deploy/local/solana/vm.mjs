// LiteSVM, the real runtime and the real SPL programs.
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';

const require = createRequire(import.meta.url);
// The bindings themselves: they take a transaction's bytes as they came. The version is pinned.
const bindings = require('litesvm/dist/internal.js');
const kit = require('@solana/kit');

const { Account, LiteSvm } = bindings;
const base58 = { decode: kit.getBase58Encoder(), encode: kit.getBase58Decoder() };

// The same few thousand keys come again and again, and base58 is slow: both ways are remembered.
const MOST_REMEMBERED = 200_000;
const bytesByText = new Map();
const textByBytes = new Map();

export function bytesOf(text) {
  let bytes = bytesByText.get(text);
  if (bytes === undefined) {
    bytes = Uint8Array.from(base58.decode.encode(text));
    remember(bytesByText, text, bytes);
  }
  return bytes;
}

export function textOf(bytes) {
  const key = Buffer.from(bytes).latin1Slice();
  let text = textByBytes.get(key);
  if (text === undefined) {
    text = base58.encode.decode(bytes);
    remember(textByBytes, key, text);
  }
  return text;
}

function remember(map, key, value) {
  if (map.size >= MOST_REMEMBERED) map.clear();
  map.set(key, value);
}

export const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
export const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const COMPUTE_BUDGET_PROGRAM = 'ComputeBudget111111111111111111111111111111';
const LOOKUP_TABLE_PROGRAM = 'AddressLookupTab1e1111111111111111111111111';
const LAMPORTS_A_SIGNATURE = 5_000n;

/** A runtime without blockhash check and memory of its own: the chain around it decides both. */
export function createVm() {
  const vm = new LiteSvm();
  vm.setBlockhashCheck(false);
  vm.setTransactionHistory(0n);
  vm.withNativeMints();
  return vm;
}

/** The account as plain values, or null. */
export function readAccount(vm, address) {
  const account = vm.getAccount(bytesOf(address));
  return account === null ? null : plain(account);
}

export const plain = (account) => ({
  lamports: account.lamports(),
  owner: textOf(account.owner()),
  data: Buffer.from(account.data()),
  executable: account.executable(),
});

/** Writes the account; null removes it. */
export function writeAccount(vm, address, account) {
  vm.setAccount(bytesOf(address), account === null
    ? new Account(0n, new Uint8Array(), bytesOf(SYSTEM_PROGRAM), false, 0n)
    : new Account(account.lamports, account.data, bytesOf(account.owner), account.executable, 0n));
}

/**
 * Reads a packet: signatures, message, accounts with those from lookup tables, what it pays. Throws on nonsense. What the
 * tables gave when it landed may be known already: a table may be closed since.
 */
export function readTransaction(bytes, lookUp, known) {
  const { messageBytes, signatures } = kit.getTransactionDecoder().decode(bytes);
  const message = kit.getCompiledTransactionMessageDecoder().decode(messageBytes);
  if (message.version !== 'legacy' && message.version !== 0) throw new Error('unsupported version');
  const loaded = known ?? loadedBy(message.addressTableLookups ?? [], lookUp);
  const { numSignerAccounts, numReadonlySignerAccounts, numReadonlyNonSignerAccounts } = message.header;
  const staticKeys = message.staticAccounts;
  const isWritable = (index) => index < numSignerAccounts
    ? index < numSignerAccounts - numReadonlySignerAccounts
    : index < staticKeys.length - numReadonlyNonSignerAccounts;
  const keys = [...staticKeys, ...loaded.writable, ...loaded.readonly];
  const instructions = message.instructions.map((call) => ({
    program: staticKeys[call.programAddressIndex],
    programIndex: call.programAddressIndex,
    accounts: [...(call.accountIndices ?? [])],
    data: Buffer.from(call.data ?? []),
  }));
  return {
    bytes: Buffer.from(bytes),
    messageBytes,
    signatures: Object.values(signatures).map((signature) => signature ?? new Uint8Array(64)),
    signature: textOf(Object.values(signatures)[0] ?? new Uint8Array(64)),
    signers: staticKeys.slice(0, numSignerAccounts),
    message,
    version: message.version,
    blockhash: message.lifetimeToken,
    keys,
    loaded,
    writable: [...staticKeys.filter((_, index) => isWritable(index)), ...loaded.writable],
    instructions,
    nonce: nonceOf(instructions, keys),
    fee: feeOf(instructions, numSignerAccounts),
  };
}

export class NoTable extends Error {}

function loadedBy(lookups, lookUp) {
  const loaded = { writable: [], readonly: [] };
  for (const lookup of lookups) {
    const table = lookUp(lookup.lookupTableAddress);
    if (table === null || table.owner !== LOOKUP_TABLE_PROGRAM) throw new NoTable();
    const at = (index) => textOf(table.data.subarray(56 + 32 * index, 88 + 32 * index));
    if ([...lookup.writableIndexes, ...lookup.readonlyIndexes].some((index) => 88 + 32 * index > table.data.length)) {
      throw new NoTable();
    }
    loaded.writable.push(...[...lookup.writableIndexes].map(at));
    loaded.readonly.push(...[...lookup.readonlyIndexes].map(at));
  }
  return loaded;
}

// A transaction lives by a nonce exactly where its first instruction advances one.
function nonceOf([first], keys) {
  const advances = first?.program === SYSTEM_PROGRAM && first.data.length >= 4 && first.data.readUInt32LE() === 4;
  return advances ? keys[first.accounts[0]] : null;
}

function feeOf(instructions, signers) {
  const budget = instructions.filter((call) => call.program === COMPUTE_BUDGET_PROGRAM);
  const limit = budget.find((call) => call.data[0] === 2)?.data.readUInt32LE(1)
    ?? 200_000 * instructions.filter((call) => call.program !== COMPUTE_BUDGET_PROGRAM).length;
  const price = budget.find((call) => call.data[0] === 3)?.data.readBigUInt64LE(1) ?? 0n;
  const priority = (price * BigInt(Math.min(limit, 1_400_000)) + 999_999n) / 1_000_000n;
  return LAMPORTS_A_SIGNATURE * BigInt(signers) + priority;
}

/** Whether all signatures are right. */
export async function isSigned({ signatures, signers, messageBytes }) {
  for (const [index, signature] of signatures.entries()) {
    const key = await kit.getPublicKeyFromAddress(signers[index]);
    if (!(await kit.verifySignature(key, signature, messageBytes))) return false;
  }
  return signatures.length === signers.length;
}

/** The value that a nonce takes when it is advanced or made at a block. */
export const durableNonce = (blockhash) =>
  createHash('sha256').update('DURABLE_NONCE').update(bytesOf(blockhash)).digest();

/** The value in a nonce account; null where it is none. */
export function nonceValue(account) {
  return account !== null && account.owner === SYSTEM_PROGRAM && account.data.length === 80
    && account.data.readUInt32LE(4) === 1 ? textOf(account.data.subarray(40, 72)) : null;
}

/** Signs a transfer of lamports, for the faucet. */
export async function signTransfer(secret, to, lamports, blockhash) {
  const pair = await kit.createKeyPairFromPrivateKeyBytes(secret);
  const from = await kit.getAddressFromPublicKey(pair.publicKey);
  const data = Buffer.alloc(12);
  data.writeUInt32LE(2);
  data.writeBigUInt64LE(lamports, 4);
  const message = kit.pipe(
    kit.createTransactionMessage({ version: 'legacy' }),
    (m) => kit.setTransactionMessageFeePayer(from, m),
    (m) => kit.setTransactionMessageLifetimeUsingBlockhash({ blockhash, lastValidBlockHeight: 0n }, m),
    (m) => kit.appendTransactionMessageInstruction({
      programAddress: SYSTEM_PROGRAM,
      accounts: [{ address: from, role: 3 }, { address: to, role: 1 }],
      data,
    }, m),
  );
  const signed = await kit.signTransaction([pair], kit.compileTransaction(message));
  return kit.getTransactionEncoder().encode(signed);
}

export async function addressOfSecret(secret) {
  const pair = await kit.createKeyPairFromPrivateKeyBytes(secret);
  return kit.getAddressFromPublicKey(pair.publicKey);
}

export const isAddress = (text) => typeof text === 'string' && kit.isAddress(text);
export const isSignature = (text) => typeof text === 'string' && kit.isSignature(text);

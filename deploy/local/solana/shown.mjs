// What a node shows of accounts and transactions, in the encodings that it knows.
import { RpcError } from './rpc-error.mjs';
import { parseAccount } from './parsed-accounts.mjs';
import { parseInstruction } from './parsed-instructions.mjs';
import { decimalsOf, tokenAmount } from './tokens.mjs';
import { bytesOf, textOf, TOKEN_PROGRAM } from './vm.mjs';

const U64_MAX = 18_446_744_073_709_551_615n;

/** The account in the encoding that was asked for; the mint of a token account is asked of lookUp. */
export function shownAccount(account, config, lookUp) {
  if (account === null) return null;
  return {
    data: shownData(account, config, lookUp),
    executable: account.executable,
    lamports: account.lamports,
    owner: account.owner,
    rentEpoch: U64_MAX,
    space: account.data.length,
  };
}

function shownData(account, config, lookUp) {
  const parsed = config?.encoding === 'jsonParsed' ? parseAccount(account, lookUp) : null;
  if (parsed !== null) return parsed;
  const slice = config?.dataSlice;
  const data = slice ? account.data.subarray(slice.offset, slice.offset + slice.length) : account.data;
  if (config?.encoding === undefined) return textOf(data);
  return config.encoding === 'base58' ? [textOf(data), 'base58'] : [data.toString('base64'), 'base64'];
}

/** A transaction of the history, as getTransaction gives it. */
export function shownTransaction(node, record, options) {
  return {
    slot: record.slot,
    blockTime: node.chain.timeOf(record.slot),
    ...shownRecord(node, record, options),
  };
}

/** A block, as getBlock gives it. */
export function shownBlock(node, block, options) {
  const details = options.transactionDetails ?? 'full';
  const records = node.recordsIn(block.slot);
  return {
    blockHeight: block.height,
    blockTime: node.chain.timeOf(block.slot),
    blockhash: block.hash,
    parentSlot: block.parent,
    previousBlockhash: block.parentHash,
    transactions: details === 'full' ? records.map((record) => shownRecord(node, record, options))
      : details === 'accounts' ? records.map((record) => shownAccountsOf(node, record, options)) : undefined,
    signatures: details === 'signatures' ? records.map(({ signature }) => signature) : undefined,
    rewards: options.rewards === false ? undefined : [],
  };
}

function shownAccountsOf(node, record, options) {
  const transaction = node.chain.readRecord(record);
  return {
    version: versionShown(transaction, options),
    transaction: { signatures: transaction.signatures.map(textOf), accountKeys: shownKeys(transaction) },
    meta: shownBalances(node, record),
  };
}

/** Its bytes or parts and what became of it, as a block has it too. */
function shownRecord(node, record, options) {
  const transaction = node.chain.readRecord(record);
  const encoding = options.encoding ?? 'json';
  return {
    version: versionShown(transaction, options),
    transaction: shownPacket(transaction, encoding),
    meta: shownMeta(node, record, transaction, encoding === 'jsonParsed'),
  };
}

// Left out for a client that knows of legacy ones only.
function versionShown({ version }, { maxSupportedTransactionVersion }) {
  if (maxSupportedTransactionVersion !== undefined) return version;
  if (version === 'legacy') return undefined;
  throw new RpcError(-32015, 'Transaction version (0) is not supported by the requesting client. '
    + 'Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0');
}

function shownPacket(transaction, encoding) {
  switch (encoding) {
    case 'base64':
      return [transaction.bytes.toString('base64'), 'base64'];
    case 'base58':
      return [textOf(transaction.bytes), 'base58'];
    default:
      return shownParts(transaction, encoding);
  }
}

function shownMeta(node, record, transaction, isParsed) {
  return {
    ...shownBalances(node, record),
    logMessages: record.logs,
    innerInstructions: isParsed ? record.inner.map(({ index, instructions }) =>
      ({ index, instructions: instructions.map((call) => shownInner(transaction, call)) })) : record.inner,
    // Under jsonParsed the keys say it themselves.
    loadedAddresses: isParsed ? undefined : transaction.loaded,
    computeUnitsConsumed: record.units,
    returnData: record.returnData ?? undefined,
    rewards: [],
  };
}

/** What a block's "accounts" tell of a transaction's outcome. */
function shownBalances(node, record) {
  return {
    err: record.err,
    status: record.err === null ? { Ok: null } : { Err: record.err },
    fee: record.fee,
    preBalances: record.balances.map(([before]) => before),
    postBalances: record.balances.map(([, after]) => after),
    preTokenBalances: record.tokens[0].map((one) => shownBalance(node, one)),
    postTokenBalances: record.tokens[1].map((one) => shownBalance(node, one)),
  };
}

// Journals of before know SPL Token's only, and do not say so.
function shownBalance(node, { accountIndex, mint, owner, amount, programId = TOKEN_PROGRAM }) {
  const decimals = decimalsOf(mint, (address) => node.chain.accountAt(address, node.chain.tip.slot)) ?? 0;
  return { accountIndex, mint, owner, programId, uiTokenAmount: tokenAmount(amount, decimals) };
}

function shownParts(transaction, encoding) {
  const { message } = transaction;
  const parsed = encoding === 'jsonParsed';
  return {
    signatures: transaction.signatures.map(textOf),
    message: {
      accountKeys: parsed ? shownKeys(transaction) : message.staticAccounts,
      header: parsed ? undefined : {
        numRequiredSignatures: message.header.numSignerAccounts,
        numReadonlySignedAccounts: message.header.numReadonlySignerAccounts,
        numReadonlyUnsignedAccounts: message.header.numReadonlyNonSignerAccounts,
      },
      recentBlockhash: transaction.blockhash,
      instructions: transaction.instructions.map((call) => parsed
        ? shownCall(call.program, call.accounts.map((index) => transaction.keys[index]), call.data, 1)
        : { programIdIndex: call.programIndex, accounts: call.accounts, data: textOf(call.data), stackHeight: 1 }),
      addressTableLookups: transaction.version === 'legacy' ? undefined
        : (message.addressTableLookups ?? []).map((lookup) => ({
          accountKey: lookup.lookupTableAddress, writableIndexes: [...lookup.writableIndexes],
          readonlyIndexes: [...lookup.readonlyIndexes],
        })),
    },
  };
}

/** The accounts of a transaction, and what it may do with each. */
function shownKeys(transaction) {
  const signers = new Set(transaction.signers);
  const writable = new Set(transaction.writable);
  return transaction.keys.map((pubkey, index) => ({
    pubkey, signer: signers.has(pubkey), writable: writable.has(pubkey),
    source: index < transaction.message.staticAccounts.length ? 'transaction' : 'lookupTable',
  }));
}

const shownInner = ({ keys }, call) => shownCall(
  keys[call.programIdIndex], call.accounts.map((index) => keys[index]), Buffer.from(bytesOf(call.data)), call.stackHeight);

// An instruction in words, or as it is.
function shownCall(programId, accounts, data, stackHeight) {
  const said = parseInstruction(programId, accounts, data);
  return said === null ? { accounts, data: textOf(data), programId, stackHeight } : { ...said, programId, stackHeight };
}

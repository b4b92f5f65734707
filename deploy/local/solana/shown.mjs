// What a node shows of accounts and transactions, in the encodings that it knows.
import { RpcError } from './rpc-error.mjs';
import { textOf, TOKEN_PROGRAM } from './vm.mjs';

const U64_MAX = 18_446_744_073_709_551_615n;

export function shownAccount(account, config) {
  if (account === null) return null;
  const slice = config?.dataSlice;
  const data = slice ? account.data.subarray(slice.offset, slice.offset + slice.length) : account.data;
  // Without a parser of its own a node falls back to base64, as it may.
  const shown = config?.encoding === undefined ? textOf(data)
    : config.encoding === 'base58' ? [textOf(data), 'base58'] : [data.toString('base64'), 'base64'];
  return {
    data: shown,
    executable: account.executable,
    lamports: account.lamports,
    owner: account.owner,
    rentEpoch: U64_MAX,
    space: account.data.length,
  };
}

export function decimalsOf(node, account, slot) {
  return node.chain.accountAt(textOf(account.data.subarray(0, 32)), slot)?.data[44] ?? 0;
}

export function tokenAmount(amount, decimals) {
  const digits = String(amount).padStart(decimals + 1, '0');
  const [whole, rest] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const text = rest.replace(/0+$/, '') === '' ? whole : `${whole}.${rest.replace(/0+$/, '')}`;
  return { amount: String(amount), decimals, uiAmount: Number(text), uiAmountString: text };
}

export function shownTransaction(node, record, options) {
  const transaction = node.chain.read(record.bytes);
  if (transaction.version !== 'legacy' && options.maxSupportedTransactionVersion === undefined) {
    throw new RpcError(-32015, 'Transaction version (0) is not supported by the requesting client. '
      + 'Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0');
  }
  const encoding = options.encoding ?? 'json';
  return {
    slot: record.slot,
    blockTime: node.chain.timeOf(record.slot),
    version: options.maxSupportedTransactionVersion === undefined ? undefined : transaction.version,
    transaction: encoding === 'base64' ? [record.bytes.toString('base64'), 'base64']
      : encoding === 'base58' ? [textOf(record.bytes), 'base58'] : shownParts(transaction, encoding),
    meta: {
      err: record.err,
      status: record.err === null ? { Ok: null } : { Err: record.err },
      fee: record.fee,
      preBalances: record.balances.map(([before]) => before),
      postBalances: record.balances.map(([, after]) => after),
      preTokenBalances: record.tokens[0].map((one) => shownBalance(node, one)),
      postTokenBalances: record.tokens[1].map((one) => shownBalance(node, one)),
      logMessages: record.logs,
      innerInstructions: record.inner,
      loadedAddresses: transaction.loaded,
      computeUnitsConsumed: record.units,
      returnData: record.returnData ?? undefined,
      rewards: [],
    },
  };
}

function shownBalance(node, { accountIndex, mint, owner, amount }) {
  const decimals = node.chain.accountAt(mint, node.chain.tip.slot)?.data[44] ?? 0;
  return { accountIndex, mint, owner, programId: TOKEN_PROGRAM, uiTokenAmount: tokenAmount(amount, decimals) };
}

function shownParts(transaction, encoding) {
  const { message } = transaction;
  const parsed = encoding === 'jsonParsed';
  const signers = new Set(transaction.signers);
  const writable = new Set(transaction.writable);
  return {
    signatures: transaction.signatures.map(textOf),
    message: {
      accountKeys: parsed ? transaction.keys.map((pubkey) => ({
        pubkey, signer: signers.has(pubkey), writable: writable.has(pubkey),
        source: message.staticAccounts.includes(pubkey) ? 'transaction' : 'lookupTable',
      })) : message.staticAccounts,
      header: parsed ? undefined : {
        numRequiredSignatures: message.header.numSignerAccounts,
        numReadonlySignedAccounts: message.header.numReadonlySignerAccounts,
        numReadonlyUnsignedAccounts: message.header.numReadonlyNonSignerAccounts,
      },
      recentBlockhash: transaction.blockhash,
      instructions: transaction.instructions.map((call) => parsed
        ? {
          programId: call.program, accounts: call.accounts.map((index) => transaction.keys[index]),
          data: textOf(call.data), stackHeight: 1,
        }
        : { programIdIndex: call.programIndex, accounts: call.accounts, data: textOf(call.data), stackHeight: 1 }),
      addressTableLookups: transaction.version === 'legacy' ? undefined
        : (message.addressTableLookups ?? []).map((lookup) => ({
          accountKey: lookup.lookupTableAddress, writableIndexes: [...lookup.writableIndexes],
          readonlyIndexes: [...lookup.readonlyIndexes],
        })),
    },
  };
}

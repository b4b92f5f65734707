// Solana's JSON-RPC methods over the chain, as one named node sees it.
import { BLOCKHASH_LIFE, STATES_KEPT } from './chain.mjs';
import { wordsOf } from './errors.mjs';
import { SEND_FAULTS } from './faults.mjs';
import { invalid, RpcError } from './rpc-error.mjs';
import { shownAccount, shownBlock, shownTransaction } from './shown.mjs';
import { decimalsOf, isTokenProgram, NATIVE_MINT, readMint, readTokenAccount, tokenAmount } from './tokens.mjs';
import { bytesOf, isAddress, isSignature, isSigned, NoTable, signTransfer, textOf, TOKEN_PROGRAM } from './vm.mjs';

const PACKET = 1_232;
const API_VERSION = '3.1.0';
const MOST_SIGNATURES = 256;
const MOST_ACCOUNTS = 100;
const MOST_HISTORY = 1_000;
const MOST_BLOCKS = 500_000;
const MOST_HOLDERS = 20;
const SLOTS_AN_EPOCH = 432_000;
// A node is unhealthy where it is further behind than this: Agave's default.
const HEALTHY_LAG = 128;
// How long a signature stays in the cache of recent statuses. Unit: slots.
const RECENT_SLOTS = 300;
const COMMITMENTS = ['processed', 'confirmed', 'finalized'];

/** One node: what it knows of the chain, and how far it is behind. */
export class Node {
  lag = 0;
  prunedBelow = 0; // slots below are gone from its history
  forgotten = new Set(); // signatures that its recent cache has lost
  forgetsAll = false;
  lies = new Set(); // signatures and addresses of which it says that they are not there

  constructor(name, chain, faults) {
    this.name = name;
    this.network = chain;
    this.chain = chain;
    this.faults = faults;
  }

  setLag(lag) {
    if (!Number.isInteger(lag) || lag < 0 || lag > STATES_KEPT - 50) throw new RangeError(`no lag of ${lag} slots`);
    this.lag = lag;
  }

  /** Sees the network's chain, all of it, and tells what it sees. */
  heal() {
    Object.assign(this, {
      chain: this.network, lag: 0, prunedBelow: 0, forgetsAll: false, forgotten: new Set(), lies: new Set(),
    });
  }

  async call(method, params) {
    if (!Object.hasOwn(methods, method)) throw new RpcError(-32601, 'Method not found');
    if (!Array.isArray(params)) throw invalid('an array is needed');
    return methods[method](this, ...params);
  }

  // What the caller wants to see: a block, and not one that is older than it has seen already.
  view(config = {}, fallback = 'finalized') {
    const commitment = config?.commitment ?? fallback;
    if (!COMMITMENTS.includes(commitment)) throw invalid(`commitment ${commitment}`);
    const block = this.chain.blockAt(commitment, this.lag);
    if (config?.minContextSlot > block.slot) {
      throw new RpcError(-32016, 'Minimum context slot has not been reached', { contextSlot: block.slot });
    }
    return block;
  }

  get tipSlot() {
    return this.chain.blockAt('processed', this.lag).slot;
  }

  wrap(block, value) {
    return { context: { apiVersion: API_VERSION, slot: block.slot }, value };
  }

  /** How far behind what the network has confirmed. Unit: slots. */
  get behind() {
    const confirmed = (chain, lag) => chain.blockAt('confirmed', lag).slot;
    return this.chain.branchedAt === null ? this.lag
      : Math.max(this.lag, confirmed(this.network, 0) - confirmed(this.chain, this.lag));
  }

  record(signature) {
    return this.lies.has(signature) ? undefined : this.chain.record(signature);
  }

  recordsOf(address) {
    return this.lies.has(address) ? [] : this.chain.recordsOf(address).filter(({ signature }) => !this.lies.has(signature));
  }

  /** What happened in a slot. */
  recordsIn(slot) {
    return this.chain.recordsIn(slot).filter(({ signature }) => !this.lies.has(signature));
  }

  accountAt(address, block) {
    return this.lies.has(address) ? null : this.chain.accountAt(address, block.slot);
  }

  accountsOwnedBy(program, block) {
    return this.lies.has(program) ? []
      : this.chain.accountsOwnedBy(program, block.slot).filter(([address]) => !this.lies.has(address));
  }

  /** The block of a slot, where this node has it and it has reached what the view shows. */
  blockOf(slot, view) {
    if (slot > view.slot) throw new RpcError(-32004, `Block not available for slot ${slot}`);
    if (slot < this.prunedBelow) {
      throw new RpcError(-32001,
        `Block ${slot} cleaned up, does not exist on node. First available block: ${this.prunedBelow}`);
    }
    const block = this.chain.blockOf(slot);
    if (block !== undefined) return block;
    throw slot < this.chain.oldestSlot
      ? new RpcError(-32009, `Slot ${slot} was skipped, or missing in long-term storage`)
      : new RpcError(-32007, `Slot ${slot} was skipped, or missing due to ledger jump to recent snapshot`);
  }

  decimalsOf(mint, block) {
    return decimalsOf(mint, (address) => this.accountAt(address, block));
  }

  /** An account as it stood at a block, in the encoding that was asked for; where there was none, what stands for it. */
  shown(address, block, config, none = null) {
    return shownAccount(this.accountAt(address, block) ?? none, config, (other) => this.accountAt(other, block));
  }

  // What this node can show of a transaction that reached the commitment.
  known(signature, commitment = 'processed') {
    const record = this.record(signature);
    const top = this.chain.blockAt(commitment, this.lag).slot;
    return record !== undefined && record.slot <= top && record.slot >= this.prunedBelow ? record : null;
  }
}

const methods = {
  getHealth(node) {
    const slots = node.behind;
    if (slots < HEALTHY_LAG) return 'ok';
    throw new RpcError(-32005, `Node is behind by ${slots} slots`, { numSlotsBehind: slots });
  },

  getVersion: () => ({ 'feature-set': 0, 'solana-core': API_VERSION }),
  getGenesisHash: (node) => textOf(node.chain.faucetSecret),
  getIdentity: (node) => ({ identity: node.chain.faucet }),
  getSlot: (node, config) => node.view(config).slot,
  getBlockHeight: (node, config) => node.view(config).height,
  getFirstAvailableBlock: (node) => node.prunedBelow,
  minimumLedgerSlot: (node) => node.prunedBelow,
  getTransactionCount: (node, config) => node.chain.transactionsUpTo(node.view(config).slot),

  getEpochInfo(node, config) {
    const block = node.view(config);
    return {
      absoluteSlot: block.slot, blockHeight: block.height, epoch: Math.floor(block.slot / SLOTS_AN_EPOCH),
      slotIndex: block.slot % SLOTS_AN_EPOCH, slotsInEpoch: SLOTS_AN_EPOCH,
      transactionCount: node.chain.transactionsUpTo(block.slot),
    };
  },

  getEpochSchedule: () => ({
    slotsPerEpoch: SLOTS_AN_EPOCH, leaderScheduleSlotOffset: SLOTS_AN_EPOCH, warmup: false,
    firstNormalEpoch: 0, firstNormalSlot: 0,
  }),

  getLatestBlockhash(node, config) {
    const block = node.view(config);
    return node.wrap(block, { blockhash: block.hash, lastValidBlockHeight: block.height + BLOCKHASH_LIFE });
  },

  isBlockhashValid(node, blockhash, config) {
    const block = node.view(config);
    const other = node.chain.blockOfHash(blockhash);
    return node.wrap(block, other !== undefined && other.slot <= block.slot
      && block.height <= other.height + BLOCKHASH_LIFE);
  },

  getBlockTime: (node, slot) => node.chain.timeOf(slot),
  getBlock(node, slot, config) {
    const options = typeof config === 'string' ? { encoding: config } : config ?? {};
    atLeastConfirmed(options.commitment);
    return shownBlock(node, node.blockOf(checkSlot(slot), node.view(options)), options);
  },

  getBlocks(node, first, last, config) {
    // The end may be left out.
    const [end, options] = typeof last === 'object' && last !== null ? [null, last] : [last ?? null, config];
    atLeastConfirmed(options?.commitment);
    const top = node.view(options).slot;
    const until = end === null ? top : Math.min(checkSlot(end), top);
    if (until - checkSlot(first) > MOST_BLOCKS) throw new RpcError(-32602, `Slot range too large; max ${MOST_BLOCKS}`);
    return node.chain.slotsBetween(Math.max(first, node.prunedBelow), until);
  },

  getBlocksWithLimit(node, first, limit, config) {
    atLeastConfirmed(config?.commitment);
    if (!(checkSlot(limit) <= MOST_BLOCKS)) throw new RpcError(-32602, `Limit too large; max ${MOST_BLOCKS}`);
    return node.chain.slotsBetween(Math.max(checkSlot(first), node.prunedBelow), node.view(config).slot).slice(0, limit);
  },

  getSupply(node, config) {
    const block = node.view(config);
    const total = node.chain.supplyAt(block.slot);
    return node.wrap(block, { total, circulating: total, nonCirculating: 0, nonCirculatingAccounts: [] });
  },

  getMinimumBalanceForRentExemption: (node, size) => node.chain.rentFor(size),
  getRecentPrioritizationFees: () => [],
  getFeeForMessage: (node, message, config) => node.wrap(
    node.view(config), node.chain.read(withoutSignatures(Buffer.from(message, 'base64'))).fee),

  getBalance(node, address, config) {
    const block = node.view(config);
    return node.wrap(block, node.accountAt(checkAddress(address), block)?.lamports ?? 0);
  },

  getAccountInfo(node, address, config) {
    const block = node.view(config);
    return node.wrap(block, node.shown(checkAddress(address), block, config));
  },

  getMultipleAccounts(node, addresses, config) {
    if (!Array.isArray(addresses) || addresses.length > MOST_ACCOUNTS) throw invalid(`1 to ${MOST_ACCOUNTS} addresses`);
    const block = node.view(config);
    return node.wrap(block, addresses.map((address) => node.shown(checkAddress(address), block, config)));
  },

  getProgramAccounts(node, program, config) {
    const block = node.view(config);
    const found = node.accountsOwnedBy(checkAddress(program), block)
      .filter(([, account]) => (config?.filters ?? []).every((filter) => passes(account, filter)))
      .map(([pubkey]) => ({ pubkey, account: node.shown(pubkey, block, config) }));
    return config?.withContext ? node.wrap(block, found) : found;
  },

  getTokenAccountBalance(node, address, config) {
    const block = node.view(config);
    const account = node.accountAt(checkAddress(address), block);
    if (account === null) throw new RpcError(-32602, 'Invalid param: could not find account');
    const holding = readTokenAccount(account);
    if (holding === null) throw new RpcError(-32602, 'Invalid param: not a Token account');
    return node.wrap(block, tokenAmount(holding.amount, node.decimalsOf(holding.mint, block) ?? 0));
  },

  getTokenSupply(node, address, config) {
    const block = node.view(config);
    const mint = mintAt(node, address, block);
    return node.wrap(block, tokenAmount(mint.supply, mint.decimals));
  },

  getTokenLargestAccounts(node, address, config) {
    const block = node.view(config);
    const { decimals } = mintAt(node, address, block);
    const program = node.accountAt(address, block)?.owner ?? TOKEN_PROGRAM;
    const holders = node.accountsOwnedBy(program, block)
      .map(([pubkey, account]) => ({ pubkey, holding: readTokenAccount(account) }))
      .filter(({ holding }) => holding?.mint === address)
      .sort((left, right) => compare(right.holding.amount, left.holding.amount) || compare(right.pubkey, left.pubkey));
    return node.wrap(block, holders.slice(0, MOST_HOLDERS)
      .map(({ pubkey, holding }) => ({ address: pubkey, ...tokenAmount(holding.amount, decimals) })));
  },

  getTokenAccountsByOwner(node, owner, filter, config) {
    const block = node.view(config);
    checkAddress(owner);
    const { program, mint } = tokenFilter(node, filter, block);
    const found = node.accountsOwnedBy(program, block)
      .map(([pubkey, account]) => [pubkey, readTokenAccount(account)])
      .filter(([, holding]) => !node.lies.has(owner) && holding?.owner === owner
        && (mint === null || holding.mint === mint));
    return node.wrap(block, found.map(([pubkey]) => ({ pubkey, account: node.shown(pubkey, block, config) })));
  },

  getSignatureStatuses(node, signatures, config) {
    if (!Array.isArray(signatures) || signatures.length > MOST_SIGNATURES) {
      throw invalid(`1 to ${MOST_SIGNATURES} signatures`);
    }
    const top = node.chain.blockAt('processed', node.lag);
    return node.wrap(top, signatures.map((signature) => {
      if (!isSignature(signature)) throw invalid('signature');
      const recent = node.record(signature);
      const isRecent = recent !== undefined && recent.slot <= top.slot && recent.slot > top.slot - RECENT_SLOTS
        && !node.forgetsAll && !node.forgotten.has(signature);
      const record = isRecent ? recent : config?.searchTransactionHistory ? node.known(signature) : null;
      if (record === null) return null;
      const confirmationStatus = node.chain.commitmentOf(record.slot, top.slot);
      return {
        slot: record.slot,
        confirmations: confirmationStatus === 'finalized' ? null : top.slot - record.slot,
        err: record.err,
        status: record.err === null ? { Ok: null } : { Err: record.err },
        confirmationStatus,
      };
    }));
  },

  getSignaturesForAddress(node, address, config) {
    const commitment = config?.commitment ?? 'finalized';
    atLeastConfirmed(commitment);
    const block = node.view(config);
    const limit = config?.limit ?? MOST_HISTORY;
    if (!(limit >= 1 && limit <= MOST_HISTORY)) throw invalid(`limit of 1 to ${MOST_HISTORY}`);
    let found = node.recordsOf(checkAddress(address))
      .filter((record) => record.slot <= block.slot && record.slot >= node.prunedBelow).reverse();
    const at = (signature) => found.findIndex((record) => record.signature === signature);
    if (config?.before) found = at(config.before) < 0 ? [] : found.slice(at(config.before) + 1);
    if (config?.until && at(config.until) >= 0) found = found.slice(0, at(config.until));
    return found.slice(0, limit).map((record) => ({
      signature: record.signature,
      slot: record.slot,
      err: record.err,
      memo: record.memo,
      blockTime: node.chain.timeOf(record.slot),
      confirmationStatus: node.chain.commitmentOf(record.slot, node.tipSlot),
    }));
  },

  getTransaction(node, signature, config) {
    const options = typeof config === 'string' ? { encoding: config } : config ?? {};
    const commitment = options.commitment ?? 'finalized';
    atLeastConfirmed(commitment);
    if (!isSignature(signature)) throw invalid('signature');
    const record = node.known(signature, commitment);
    return record === null ? null : shownTransaction(node, record, options);
  },

  async requestAirdrop(node, address, lamports, config) {
    const bytes = await signTransfer(
      node.chain.faucetSecret, checkAddress(address), BigInt(lamports), node.view(config, 'processed').hash);
    const { signature } = node.chain.read(bytes);
    // The same wish in the same block is the same transaction: it is answered and lands once.
    node.chain.land(bytes);
    return signature;
  },

  async simulateTransaction(node, encoded, config = {}) {
    const block = node.view(config);
    const transaction = read(node, encoded, config?.encoding ?? 'base58');
    const value = {
      err: null, logs: [], accounts: null, unitsConsumed: 0, returnData: null, innerInstructions: null,
      loadedAccountsDataSize: 0, replacementBlockhash: null,
    };
    if (config?.sigVerify && config?.replaceRecentBlockhash) throw invalid('sigVerify and replaceRecentBlockhash');
    if (config?.sigVerify && !(await isSigned(transaction))) {
      throw new RpcError(-32003, 'Transaction signature verification failure');
    }
    if (config?.replaceRecentBlockhash) {
      value.replacementBlockhash = { blockhash: block.hash, lastValidBlockHeight: block.height + BLOCKHASH_LIFE };
    } else {
      value.err = node.chain.lifetimeError(transaction, block.slot);
    }
    if (value.err === null && node.known(transaction.signature) !== null) value.err = 'AlreadyProcessed';
    if (value.err !== null) return node.wrap(block, value);

    const result = node.chain.simulate(transaction, { sigVerify: false });
    const addresses = config?.accounts?.addresses;
    const after = (address) => result.post.get(address) ?? node.accountAt(address, node.chain.tip);
    return node.wrap(block, {
      ...value,
      err: result.err,
      logs: result.logs,
      unitsConsumed: result.units,
      returnData: result.returnData,
      innerInstructions: config?.innerInstructions ? result.inner : null,
      accounts: addresses?.map((address) => shownAccount(after(checkAddress(address)), config.accounts, after)) ?? null,
    });
  },

  async sendTransaction(node, encoded, config = {}) {
    const transaction = read(node, encoded, config?.encoding ?? 'base58');
    const { signature, bytes } = transaction;
    const signed = await isSigned(transaction);
    if (!config?.skipPreflight) {
      if (!signed) throw new RpcError(-32003, 'Transaction signature verification failure');
      preflight(node, transaction, config);
    }

    // As a leader does: what cannot land is dropped without a word.
    if (signed) submit(node, transaction, bytes);
    return signature;
  },
};

function submit(node, transaction, bytes) {
  const fault = node.faults.take(SEND_FAULTS, node.name, 'sendTransaction');
  const { chain } = node;
  switch (fault?.kind) {
    case 'drop':
      break;
    case 'delay':
      chain.landAt(bytes, chain.tip.height + (fault.blocks ?? 5));
      break;
    case 'late': {
      // In the last block that can take it.
      const born = chain.blockOfHash(transaction.blockhash)?.height ?? chain.tip.height;
      chain.landAt(bytes, born + BLOCKHASH_LIFE);
      break;
    }
    default:
      chain.land(bytes);
  }
}

function preflight(node, transaction, config) {
  const block = node.view({
    commitment: config?.preflightCommitment ?? 'finalized', minContextSlot: config?.minContextSlot,
  });
  let err = node.chain.lifetimeError(transaction, block.slot);
  if (err === null && node.known(transaction.signature) !== null) err = 'AlreadyProcessed';
  let result = { logs: [], units: 0, returnData: null, inner: null };
  if (err === null) {
    result = node.chain.simulate(transaction, { sigVerify: false });
    ({ err } = result);
  }

  if (err !== null) {
    throw new RpcError(-32002, `Transaction simulation failed: ${wordsOf(err)}`, {
      err, logs: result.logs, unitsConsumed: result.units, accounts: null, returnData: result.returnData,
      innerInstructions: null, loadedAccountsDataSize: 0, replacementBlockhash: null,
    });
  }
}

function read(node, encoded, encoding) {
  if (typeof encoded !== 'string' || !['base58', 'base64'].includes(encoding)) throw invalid(`encoding ${encoding}`);
  let bytes;
  try {
    bytes = encoding === 'base64' ? Buffer.from(encoded, 'base64') : bytesOf(encoded);
  } catch {
    throw invalid('transaction is not base58');
  }
  if (bytes.length > PACKET) {
    throw invalid(`base64 encoded transaction too large: ${bytes.length} bytes (max: raw ${PACKET})`);
  }
  try {
    return node.chain.read(bytes);
  } catch (error) {
    if (error instanceof NoTable) {
      throw new RpcError(-32002, 'Transaction simulation failed: AddressLookupTableNotFound', {
        err: 'AddressLookupTableNotFound', logs: [], unitsConsumed: 0, accounts: null, returnData: null,
      });
    }
    throw invalid(`failed to deserialize transaction: ${error.message}`);
  }
}

// A message on its own, as a transaction whose signatures are all missing.
const withoutSignatures = (message) => {
  const signers = message[0] & 0x80 ? message[1] : message[0];
  return Buffer.concat([Buffer.from([signers]), Buffer.alloc(64 * signers), message]);
};

function atLeastConfirmed(commitment) {
  if (commitment === 'processed') throw new RpcError(-32602, 'Method does not support commitment below `confirmed`');
}

function checkSlot(slot) {
  if (!Number.isSafeInteger(slot) || slot < 0) throw invalid(`invalid type: ${JSON.stringify(slot)}, expected u64`);
  return slot;
}

const compare = (left, right) => (left < right ? -1 : left > right ? 1 : 0);

/** The token program and, where only one mint's are wanted, the mint. */
function tokenFilter(node, filter, block) {
  if (filter === undefined) throw new RpcError(-32602, '`params` should have at least 2 argument(s)');
  const names = Object.keys(filter ?? {});
  // One key, and no more: it is an enumeration of Rust's.
  if (names.length !== 1) throw invalid('invalid value: map, expected map with a single key');
  const [name] = names;
  const value = filter[name];
  switch (name) {
    case 'mint':
      mintAt(node, value, block);
      return { program: node.accountAt(value, block)?.owner ?? TOKEN_PROGRAM, mint: value };
    case 'programId':
      if (!isTokenProgram(checkAddress(value))) throw new RpcError(-32602, 'Invalid param: unrecognized Token program id');
      return { program: value, mint: null };
    default:
      throw invalid(`unknown variant \`${name}\`, expected \`mint\` or \`programId\``);
  }
}

function mintAt(node, address, block) {
  const account = node.accountAt(checkAddress(address), block);
  if (account === null) {
    if (address === NATIVE_MINT) return { supply: 0n, decimals: node.decimalsOf(address, block) };
    throw new RpcError(-32602, 'Invalid param: could not find mint');
  }
  const mint = readMint(account);
  if (mint === null) throw new RpcError(-32602, 'Invalid param: not a Token mint');
  return mint;
}

/** A filter of getProgramAccounts: a size, or bytes at an offset. */
function passes(account, { dataSize, memcmp, ...other }) {
  if (dataSize !== undefined) return account.data.length === dataSize;
  if (memcmp === undefined) {
    throw invalid(`unknown variant \`${Object.keys(other)[0]}\`, expected \`dataSize\` or \`memcmp\``);
  }
  const wanted = memcmp.encoding === 'base64' ? Buffer.from(memcmp.bytes, 'base64') : Buffer.from(bytesOf(memcmp.bytes));
  return account.data.subarray(memcmp.offset, memcmp.offset + wanted.length).equals(wanted);
}

function checkAddress(address) {
  if (!isAddress(address)) throw invalid('WrongSize');
  return address;
}

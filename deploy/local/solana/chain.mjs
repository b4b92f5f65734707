// The chain: slots, blocks, blockhashes, transactions, and every state that is not final yet.
import { createHash } from 'node:crypto';
import {
  addressOfSecret, bytesOf, createVm, durableNonce, NoTable, nonceValue, plain, readAccount, readTransaction, SYSTEM_PROGRAM,
  textOf, writeAccount,
} from './vm.mjs';
import { nameError } from './errors.mjs';
import { forgetful } from './journal.mjs';
import { memoOf } from './parsed-instructions.mjs';
import { readTokenAccount } from './tokens.mjs';

/** A blockhash is good for so many blocks after its own. */
export const BLOCKHASH_LIFE = 150;
const CONFIRMED_AFTER = 2;
const FINALIZED_AFTER = 32;
// How far back a state can be shown; a node cannot lag by more.
export const STATES_KEPT = 1_000;
const BLOCKS_KEPT = 2_000;
const MS_A_SLOT = 400;
const SLOTS_A_NOTE = 25;
const FIRST_SLOTS = 100;
// Of a parent that is not known.
const NO_HASH = SYSTEM_PROGRAM;
const FAUCET_LAMPORTS = 500_000_000_000_000_000n;

export class Chain {
  #vm = createVm();
  #journal;
  #blocks = []; // by slot, the last BLOCKS_KEPT; a skipped slot has none
  #byHash = new Map();
  #records = new Map(); // signature -> what became of it
  #byAddress = new Map(); // address -> records, oldest first
  #filled = []; // { block, records, total }: blocks with transactions, for ever; total: with all before
  #supply = 0n; // lamports of all accounts that were ever written
  #undo = []; // { slot, address, before }, oldest first
  #undoByAddress = new Map();
  #pending = []; // { bytes, atHeight }
  #clockSlot = -1;
  #touched = new Set(); // addresses of all accounts that were ever written
  #stuck = null; // { confirmed, finalized }: slots that a fork without a majority's votes does not go beyond

  /** The slot at which this fork left its chain; null where it left none. */
  branchedAt = null;

  constructor({ seed, genesisMs, journal }) {
    this.seed = seed;
    this.genesisMs = genesisMs;
    this.fork = 0;
    this.slot = 0;
    this.#journal = journal;
    this.#addBlock(0, 0);
  }

  /** Builds the state again from the journal, then goes on from it. */
  static async open({ seed, journal, nowMs }) {
    const events = journal.read();
    const genesis = events[0] ?? { type: 'genesis', seed, ms: nowMs };
    const chain = new Chain({ seed: genesis.seed, genesisMs: genesis.ms, journal });
    chain.faucetSecret = createHash('sha256').update(`faucet ${genesis.seed}`).digest();
    chain.faucet = await addressOfSecret(chain.faucetSecret);
    if (events.length === 0) {
      journal.write(genesis);
      chain.setAccounts([[chain.faucet, {
        lamports: FAUCET_LAMPORTS, owner: SYSTEM_PROGRAM, data: Buffer.alloc(0), executable: false,
      }]]);
      // So that final, confirmed and processed are three blocks from the first call on.
      chain.advance(FIRST_SLOTS);
    }

    for (const event of events.slice(1)) chain.#replay(event);
    return chain;
  }

  get tip() {
    return this.#blocks.at(-1);
  }

  get pendingCount() {
    return this.#pending.length;
  }

  /** The block that a node with this lag sees at a commitment. */
  blockAt(commitment, lag = 0) {
    return this.blockUpTo(this.#slotAt(commitment, this.tip.slot - lag));
  }

  // The last slot that has reached a commitment where a node sees up to another.
  #slotAt(commitment, viewSlot) {
    const behind = commitment === 'processed' ? 0 : commitment === 'confirmed' ? CONFIRMED_AFTER : FINALIZED_AFTER;
    return Math.min(viewSlot - behind, this.#stuck?.[commitment] ?? Infinity);
  }

  /** The last block of a slot not above this one. */
  blockUpTo(slot) {
    return this.#blocks[Math.max(0, lastUpTo(this.#blocks, slot, (block) => block.slot))];
  }

  blockOfHash(hash) {
    return this.#byHash.get(hash);
  }

  record(signature) {
    return this.#records.get(signature);
  }

  recordsOf(address) {
    return this.#byAddress.get(address) ?? [];
  }

  /** Of the blocks that are all kept; older ones are kept where they hold transactions. */
  get oldestSlot() {
    return this.#blocks[0].slot;
  }

  /** The block of a slot; undefined where it was skipped, or is empty and old. */
  blockOf(slot) {
    const block = this.blockUpTo(slot);
    return block.slot === slot ? block : this.#filledUpTo(slot, slot)?.block;
  }

  /** Slots with a block, from one to another. Empty ones that are old are left out. */
  slotsBetween(first, last) {
    const old = this.#filled.map(({ block }) => block.slot).filter((slot) => slot < this.oldestSlot);
    return [...old, ...this.#blocks.map(({ slot }) => slot)].filter((slot) => slot >= first && slot <= last);
  }

  /** The blocks of these slots, as far back as all are kept. */
  blocksBetween(first, last) {
    return this.#blocks.slice(lastUpTo(this.#blocks, first - 1, ({ slot }) => slot) + 1).filter(({ slot }) => slot <= last);
  }

  /** The block that is final where this one is the last. */
  rootOf(block) {
    return this.blockUpTo(this.#slotAt('finalized', block.slot));
  }

  /** The transactions of a slot, in the order in which they ran. */
  recordsIn(slot) {
    return this.#filledUpTo(slot, slot)?.records ?? [];
  }

  /** How many transactions the chain had at the end of a slot. */
  transactionsUpTo(slot) {
    return this.#filledUpTo(slot)?.total ?? 0;
  }

  /** All lamports at the end of a slot. A fee is burned. */
  supplyAt(slot) {
    let supply = this.#supply;
    for (const [address, changes] of this.#undoByAddress) {
      const first = changes.find((change) => change.slot > slot);
      if (first !== undefined) supply += lamportsOf(first.before) - lamportsOf(readAccount(this.#vm, address));
    }
    return supply;
  }

  timeOf(slot) {
    return Math.floor((this.genesisMs + slot * MS_A_SLOT) / 1_000);
  }

  commitmentOf(slot, viewSlot) {
    if (slot <= this.#slotAt('finalized', viewSlot)) return 'finalized';
    return slot <= this.#slotAt('confirmed', viewSlot) ? 'confirmed' : 'processed';
  }

  /** The account as it stood at the end of a slot. */
  accountAt(address, slot) {
    const changes = this.#undoByAddress.get(address);
    const first = changes?.find((change) => change.slot > slot);
    return first === undefined ? readAccount(this.#vm, address) : first.before;
  }

  /** The accounts that a program owned at the end of a slot: those closed since too. [address, account] */
  accountsOwnedBy(program, slot) {
    const addresses = new Set(this.#vm.getProgramAccounts(bytesOf(program)).map((one) => textOf(one.address)));
    for (const [address, changes] of this.#undoByAddress) {
      if (changes.some((change) => change.before?.owner === program)) addresses.add(address);
    }
    return [...addresses].map((address) => [address, this.accountAt(address, slot)])
      .filter(([, account]) => account?.owner === program);
  }

  rentFor(size) {
    return this.#vm.minimumBalanceForRentExemption(BigInt(size));
  }

  /** Goes forward by slots. About one in sixteen is skipped, so that height and slot are two numbers. */
  advance(slots) {
    this.#advanceTo(this.slot + slots);
    this.#note();
  }

  /** Goes forward to a slot, where it is not there yet. */
  catchUp(slot) {
    if (slot > this.slot) this.advance(slot - this.slot);
  }

  /** Goes forward until so many blocks have been added. */
  advanceBlocks(blocks) {
    const height = this.tip.height + blocks;
    while (this.tip.height < height) this.#advanceTo(this.slot + 1);
    this.#note();
  }

  /** As advance, by one slot; the journal hears of it now and then. */
  tick() {
    this.#advanceTo(this.slot + 1);
    if (this.slot % SLOTS_A_NOTE === 0) this.#note();
  }

  /** After a death the last note may be so many slots old: no height that was ever shown is shown again as lower. */
  skipUnnoted() {
    this.advance(SLOTS_A_NOTE);
  }

  /** Sets accounts from outside: the faucet, and states that would take long to reach. */
  setAccounts(writes) {
    this.#apply(this.tip.slot, writes);
    this.#journal.write({ type: 'set', slot: this.slot, writes: packed(writes) });
  }

  read(bytes) {
    return readTransaction(bytes, (address) => readAccount(this.#vm, address));
  }

  /** A transaction that has landed. */
  readRecord(record) {
    return readTransaction(record.bytes, (address) => readAccount(this.#vm, address), record.loaded);
  }

  /** Why it could not land in the next block; null where it could. */
  lifetimeError(transaction, atSlot = Infinity) {
    const block = this.#byHash.get(transaction.blockhash);
    if (block !== undefined && block.slot <= atSlot && this.tip.height <= block.height + BLOCKHASH_LIFE) return null;
    if (transaction.nonce !== null
      && nonceValue(readAccount(this.#vm, transaction.nonce)) === transaction.blockhash) return null;
    return 'BlockhashNotFound';
  }

  /** Runs without keeping anything. */
  simulate(transaction, { sigVerify }) {
    this.#syncClock();
    this.#vm.setSigverify(sigVerify);
    try {
      const result = this.#vm.simulateVersionedTransaction(transaction.bytes);
      const failed = 'err' in result;
      return {
        ...metaOf(result.meta()),
        err: failed ? this.#nameError(result.err(), transaction) : null,
        post: failed ? new Map() : new Map(result.postAccounts().map((one) => [textOf(one.address), plain(one.account())])),
      };
    } finally {
      this.#vm.setSigverify(true);
    }
  }

  /** Runs the transaction in the block of the tip. Null where the network would silently drop it. */
  land(bytes) {
    let transaction;
    try {
      transaction = this.read(bytes);
    } catch (error) {
      if (error instanceof NoTable) return null;
      throw error;
    }

    if (this.#records.has(transaction.signature) || this.lifetimeError(transaction) !== null) return null;
    this.#syncClock();
    const before = new Map(transaction.keys.map((key) => [key, readAccount(this.#vm, key)]));
    const result = this.#vm.sendVersionedTransaction(transaction.bytes);
    const failed = 'err' in result;
    const err = failed ? this.#nameError(result.err(), transaction) : null;
    // What fails before it is paid for is in no block.
    const payer = transaction.keys[0];
    if (failed && readAccount(this.#vm, payer)?.lamports === before.get(payer)?.lamports) return null;
    this.#storeNonces(transaction, failed, before);

    const writes = transaction.writable
      .map((key) => [key, readAccount(this.#vm, key)])
      .filter(([key, after]) => !sameAccount(before.get(key), after));
    this.#remember(this.tip.slot, writes.map(([key]) => [key, before.get(key)]));
    for (const [key, account] of writes) this.#supply += lamportsOf(account) - lamportsOf(before.get(key));
    const after = new Map(before);
    for (const [key, account] of writes) after.set(key, account);
    const record = {
      slot: this.tip.slot,
      bytes: transaction.bytes,
      signature: transaction.signature,
      loaded: transaction.version === 'legacy' ? undefined : transaction.loaded,
      memo: memoOf(transaction),
      err,
      ...metaOf(failed ? result.meta() : result),
      fee: transaction.fee,
      balances: transaction.keys.map((key) => [before.get(key)?.lamports ?? 0n, after.get(key)?.lamports ?? 0n]),
      tokens: [tokenBalances(transaction.keys, before), tokenBalances(transaction.keys, after)],
    };
    this.#keep(transaction, record);
    this.#journal.write({ type: 'tx', slot: this.slot, record: packedRecord(record), writes: packed(writes) });
    return record;
  }

  // The last block with transactions up to a slot, and not before another.
  #filledUpTo(slot, notBefore = 0) {
    const found = this.#filled[lastUpTo(this.#filled, slot, ({ block }) => block.slot)];
    return found !== undefined && found.block.slot >= notBefore ? found : undefined;
  }

  // LiteSVM makes no difference between a program that is not there and an account that is no program; nodes do.
  #nameError(error, transaction) {
    const name = nameError(error);
    if (name !== 'InvalidProgramForExecution') return name;
    const wrong = transaction.instructions.map((call) => readAccount(this.#vm, call.program))
      .find((program) => !program?.executable);
    return wrong === null ? 'ProgramAccountNotFound' : name;
  }

  /** Lands in the first block of this height, if it still can. */
  landAt(bytes, height) {
    this.#pending.push({ bytes, height });
  }

  /** Blocks above a slot vanish with all that they did. Never below finality. Returns what vanished, oldest first. */
  forkAt(slot) {
    const floor = this.blockAt('finalized').slot;
    if (slot < floor) throw new RangeError(`slot ${slot} is below the finalized slot ${floor}`);
    this.#journal.write({ type: 'fork', at: this.slot, slot });
    const vanished = this.#vanish(slot);
    return vanished;
  }

  /**
   * A chain that is this one up to a slot and goes on by itself. Votes of a minority confirm nothing: what was confirmed
   * and final stays so, and no more becomes it. With isFinal it does all the same, which Solana's consensus rules out.
   * Nothing of it is in the journal.
   */
  branch(slot, name, isFinal) {
    const floor = this.blockAt('finalized').slot;
    if (slot < floor) throw new RangeError(`slot ${slot} is below the finalized slot ${floor}`);
    const cut = this.blockUpTo(slot).slot;
    // Other blockhashes, and other slots without a block.
    const branch = new Chain({ seed: `${this.seed} ${name}`, genesisMs: this.genesisMs, journal: forgetful });
    branch.#copy(this, cut);
    branch.branchedAt = cut;
    branch.#stuck = isFinal ? null : { confirmed: Math.min(this.blockAt('confirmed').slot, cut), finalized: floor };
    // One block long already, so that nothing lands in a block that both have.
    branch.slot++;
    branch.#addBlock(branch.slot, branch.tip.height + 1);
    branch.catchUp(this.slot);
    return branch;
  }

  /** What landed after a slot, oldest first. */
  recordsAfter(slot) {
    return this.#filled.filter(({ block }) => block.slot > slot).flatMap(({ records }) => records);
  }

  #copy(other, slot) {
    Object.assign(this, { faucet: other.faucet, faucetSecret: other.faucetSecret, slot });
    this.#blocks = other.#blocks.filter((block) => block.slot <= slot);
    this.#byHash = new Map(this.#blocks.map((block) => [block.hash, block]));
    this.#filled = other.#filled.filter(({ block }) => block.slot <= slot)
      .map((one) => ({ ...one, records: [...one.records] }));
    for (const { records } of this.#filled) {
      for (const record of records) this.#records.set(record.signature, record);
    }
    for (const [address, records] of other.#byAddress) {
      const kept = records.filter((record) => record.slot <= slot);
      if (kept.length > 0) this.#byAddress.set(address, kept);
    }
    for (const address of other.#touched) this.#write(address, other.accountAt(address, slot));
    for (const { slot: at, address, before } of other.#undo) if (at <= slot) this.#remember(at, [[address, before]]);
    this.#touched = new Set(other.#touched);
  }

  #vanish(slot) {
    this.fork++;
    const vanished = [];
    while (this.#filled.at(-1)?.block.slot > slot) vanished.unshift(...this.#filled.pop().records);
    for (const record of vanished) {
      this.#records.delete(record.signature);
      for (const key of this.readRecord(record).keys) {
        this.#byAddress.set(key, this.recordsOf(key).filter((other) => other !== record));
      }
    }

    while (this.#undo.length > 0 && this.#undo.at(-1).slot > slot) {
      const { address, before } = this.#undo.pop();
      this.#undoByAddress.get(address).pop();
      this.#write(address, before);
    }

    while (this.tip.slot > slot) this.#byHash.delete(this.#blocks.pop().hash);
    // The other fork is one block long already: its slot is later, its height may be lower.
    this.slot++;
    this.#addBlock(this.slot, this.tip.height + 1);
    this.#clockSlot = -1;
    return vanished;
  }

  #note() {
    this.#journal.write({ type: 'slot', slot: this.slot, height: this.tip.height });
  }

  /** Over days in which nothing happened: only the blocks at the end are made, counted back from the height there. */
  jumpTo(slot, height) {
    const first = slot - BLOCKS_KEPT;
    if (first <= this.slot) return this.#advanceTo(slot);
    let below = height;
    for (let at = slot; at > first; at--) if (!this.#isSkipped(at)) below--;
    this.#blocks = [];
    this.#byHash.clear();
    this.slot = first;
    this.#addBlock(first, below);
    return this.#advanceTo(slot);
  }

  #advanceTo(slot) {
    while (this.slot < slot) {
      this.slot++;
      if (this.#isSkipped(this.slot)) continue;
      this.#addBlock(this.slot, this.tip.height + 1);
      const due = this.#pending.filter((one) => one.height <= this.tip.height);
      this.#pending = this.#pending.filter((one) => one.height > this.tip.height);
      for (const { bytes } of due) this.land(bytes);
    }

    this.#forgetOldStates();
  }

  #isSkipped(slot) {
    return createHash('sha256').update(`${this.seed} skip ${slot}`).digest()[0] < 16;
  }

  #addBlock(slot, height) {
    // From seed, fork and slot alone: after a restart the hashes that were given out are good again.
    const hash = textOf(createHash('sha256').update(`${this.seed} ${this.fork} ${slot}`).digest());
    const last = this.#blocks.at(-1);
    const block = { slot, height, hash, parent: last?.slot ?? 0, parentHash: last?.hash ?? NO_HASH };
    this.#blocks.push(block);
    this.#byHash.set(hash, block);
    // What is final must be there to be shown.
    if (this.#blocks.length > BLOCKS_KEPT && this.#stuck === null) this.#byHash.delete(this.#blocks.shift().hash);
  }

  #syncClock() {
    if (this.#clockSlot === this.tip.slot) return;
    this.#clockSlot = this.tip.slot;
    const clock = this.#vm.getClock();
    clock.slot = BigInt(this.tip.slot);
    clock.unixTimestamp = BigInt(this.timeOf(this.tip.slot));
    this.#vm.setClock(clock);
    this.#vm.setSlotHashes(this.#blocks.slice(-512, -1).reverse()
      .map((block) => ({ slot: BigInt(block.slot), hash: block.hash })));
  }

  // LiteSVM gives a nonce the hash of the transaction's own blockhash; the chain gives it that of the last block, and
  // moves it even where the transaction fails: that is what makes it land once.
  #storeNonces(transaction, failed, before) {
    for (const key of transaction.writable) {
      const account = readAccount(this.#vm, key);
      const was = nonceValue(before.get(key));
      const now = nonceValue(account);
      const moves = failed ? key === transaction.nonce && now !== null : now !== null && now !== was;
      if (moves) {
        const data = Buffer.from(account.data);
        durableNonce(this.tip.hash).copy(data, 40);
        writeAccount(this.#vm, key, { ...account, data });
      }
    }
  }

  #apply(slot, writes) {
    this.#remember(slot, writes.map(([key]) => [key, readAccount(this.#vm, key)]));
    for (const [key, account] of writes) this.#write(key, account);
  }

  #write(key, account) {
    this.#supply += lamportsOf(account) - lamportsOf(readAccount(this.#vm, key));
    writeAccount(this.#vm, key, account);
  }

  #remember(slot, befores) {
    for (const [address, before] of befores) {
      this.#touched.add(address);
      const change = { slot, address, before };
      this.#undo.push(change);
      if (!this.#undoByAddress.has(address)) this.#undoByAddress.set(address, []);
      this.#undoByAddress.get(address).push(change);
    }
  }

  #forgetOldStates() {
    if (this.#stuck !== null) return;
    const floor = this.slot - STATES_KEPT;
    let count = 0;
    while (count < this.#undo.length && this.#undo[count].slot <= floor) {
      const { address } = this.#undo[count++];
      const changes = this.#undoByAddress.get(address);
      changes.shift();
      if (changes.length === 0) this.#undoByAddress.delete(address);
    }
    if (count > 0) this.#undo.splice(0, count);
  }

  #keep(transaction, record) {
    this.#records.set(record.signature, record);
    if (this.#filled.at(-1)?.block !== this.tip) {
      this.#filled.push({ block: this.tip, records: [], total: this.#filled.at(-1)?.total ?? 0 });
    }
    this.#filled.at(-1).records.push(record);
    this.#filled.at(-1).total++;
    for (const key of transaction.keys) {
      if (!this.#byAddress.has(key)) this.#byAddress.set(key, []);
      this.#byAddress.get(key).push(record);
    }
  }

  #replay(event) {
    switch (event.type) {
      case 'slot':
        this.jumpTo(event.slot, event.height);
        break;
      case 'set':
        this.#advanceTo(event.slot);
        this.#apply(this.tip.slot, unpacked(event.writes));
        break;
      case 'tx': {
        this.#advanceTo(event.slot);
        const record = unpackedRecord(event.record);
        // Before the writes: a table that it reads may be closed by it.
        const transaction = this.readRecord(record);
        // Journals of before have no memos.
        record.memo ??= memoOf(transaction);
        this.#apply(this.tip.slot, unpacked(event.writes));
        this.#keep(transaction, record);
        break;
      }
      case 'fork':
        this.#advanceTo(event.at);
        this.#vanish(event.slot);
        break;
      default:
        throw new Error(`the journal has an event of type ${event.type}`);
    }
  }
}

function metaOf(meta) {
  const returned = meta.returnData();
  return {
    logs: meta.logs(),
    units: meta.computeUnitsConsumed(),
    inner: meta.innerInstructions().map((calls, index) => ({
      index,
      instructions: calls.map((call) => ({
        programIdIndex: call.instruction().programIdIndex(),
        accounts: [...call.instruction().accounts()],
        data: textOf(call.instruction().data()),
        stackHeight: call.stackHeight(),
      })),
    })).filter((one) => one.instructions.length > 0),
    returnData: returned.data().length === 0 ? null : {
      programId: textOf(returned.programId()), data: [Buffer.from(returned.data()).toString('base64'), 'base64'],
    },
  };
}

/** Token accounts among these: mint, owner, amount. */
function tokenBalances(keys, accounts) {
  return keys.flatMap((key, accountIndex) => {
    const account = accounts.get(key) ?? null;
    const holding = readTokenAccount(account);
    if (holding === null) return [];
    return [{ accountIndex, mint: holding.mint, owner: holding.owner, amount: holding.amount, programId: account.owner }];
  });
}

/** The place of the last whose slot is not above this one, in a list by slot; -1 for none. */
function lastUpTo(list, slot, slotOf) {
  let [low, high] = [-1, list.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (slotOf(list[middle]) <= slot) low = middle;
    else high = middle - 1;
  }
  return low;
}

const lamportsOf = (account) => account?.lamports ?? 0n;

function sameAccount(left, right) {
  if (!left || !right) return left === right;
  return left.lamports === right.lamports && left.owner === right.owner && left.executable === right.executable
    && left.data.equals(right.data);
}

const packed = (writes) => writes.map(([key, account]) => [key, account === null ? null : [
  String(account.lamports), account.owner, account.data.toString('base64'), account.executable,
]]);
const unpacked = (writes) => writes.map(([key, account]) => [key, account === null ? null : {
  lamports: BigInt(account[0]), owner: account[1], data: Buffer.from(account[2], 'base64'), executable: account[3],
}]);
const packedRecord = (record) => ({
  ...record,
  bytes: record.bytes.toString('base64'),
  units: String(record.units),
  fee: String(record.fee),
  balances: record.balances.map((pair) => pair.map(String)),
  tokens: record.tokens.map((side) => side.map((one) => ({ ...one, amount: String(one.amount) }))),
});
const unpackedRecord = (record) => ({
  ...record,
  bytes: Buffer.from(record.bytes, 'base64'),
  units: BigInt(record.units),
  fee: BigInt(record.fee),
  balances: record.balances.map((pair) => pair.map(BigInt)),
  tokens: record.tokens.map((side) => side.map((one) => ({ ...one, amount: BigInt(one.amount) }))),
});

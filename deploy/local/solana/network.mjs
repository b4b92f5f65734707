// The chain and the nodes that look at it: together, or for a while at two forks of it, or at another chain altogether.
import { Chain } from './chain.mjs';
import { forgetful } from './journal.mjs';

export class Network {
  #faults;
  #forks = 0;

  constructor(main, nodes, faults) {
    this.main = main;
    this.nodes = nodes;
    this.#faults = faults;
  }

  node(name) {
    return this.nodes.find((node) => node.name === name) ?? fail(`there is no node "${name}"`);
  }

  advance(slots) {
    this.main.advance(slots);
    this.#keepUp();
  }

  advanceBlocks(blocks) {
    this.main.advanceBlocks(blocks);
    this.#keepUp();
  }

  tick() {
    this.main.tick();
    this.#keepUp();
  }

  /** The last blocks of the chain vanish; a share of their transactions lands again. */
  fork(slots, reland) {
    const vanished = this.main.forkAt(this.main.tip.slot - slots);
    this.#keepUp();
    return { vanished: signaturesOf(vanished), landed: signaturesOf(this.#landAgain(vanished, reland)) };
  }

  setAccounts(writes) {
    for (const chain of this.#chains) chain.setAccounts(writes);
  }

  /** The node goes on at a fork of its own, which begins before the last slots, until it is healed. */
  split(name, slots, isFinal) {
    const node = this.node(name ?? this.nodes.at(-1).name);
    if (node.chain !== this.main) fail(`node "${node.name}" has left the chain already`);
    node.chain = this.main.branch(this.main.tip.slot - slots, `fork ${++this.#forks}`, isFinal);
  }

  /** Behind the node's address, or all, is another chain, as far as this one and of the same age. */
  async genesis(name) {
    const moved = name === undefined ? this.nodes : [this.node(name)];
    const { seed, genesisMs, slot, tip } = this.main;
    const other = await Chain.open({ seed: `${seed} other`, journal: forgetful, nowMs: genesisMs });
    other.jumpTo(slot, tip.height);
    other.catchUp(this.main.slot);
    for (const node of moved) node.chain = other;
  }

  /** All nodes see the chain again. What landed at a fork of a node's own vanishes; a share of it lands on the chain. */
  heal(reland) {
    const forks = [...this.#chains].filter((chain) => chain.branchedAt !== null);
    for (const node of this.nodes) node.heal();
    const vanished = forks.flatMap((fork) => fork.recordsAfter(fork.branchedAt))
      .filter((record) => this.main.record(record.signature) === undefined);
    return { vanished: signaturesOf(vanished), landed: signaturesOf(this.#landAgain(vanished, reland)) };
  }

  get #chains() {
    return new Set([this.main, ...this.nodes.map((node) => node.chain)]);
  }

  // One clock for all: a slot is a time, whatever chain has a block in it.
  #keepUp() {
    for (const chain of this.#chains) chain.catchUp(this.main.slot);
  }

  #landAgain(records, share) {
    return records.filter(() => this.#faults.chance(share)).filter((record) => this.main.land(record.bytes) !== null);
  }
}

const signaturesOf = (records) => records.map((record) => record.signature);

function fail(message) {
  throw new RangeError(message);
}

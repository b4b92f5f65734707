// Commands to the chain and its nodes, beside the JSON-RPC: POST /control {"command": "...", ...}.
import { BLOCKHASH_LIFE } from './chain.mjs';

export function createControl(chain, nodes, faults) {
  const nodeOf = (name) => nodes.find((node) => node.name === name) ?? fail(`there is no node "${name}"`);
  const commands = {
    state: () => ({}),
    /** So many slots, or so many blocks. */
    advance: ({ slots, blocks }) => {
      if (blocks === undefined) chain.advance(count(slots ?? 1));
      else chain.advanceBlocks(count(blocks));
    },
    /** Every blockhash given out so far is too old. */
    expire: () => chain.advanceBlocks(BLOCKHASH_LIFE + 1),
    finalize: () => chain.advance(40),
    lag: ({ node, slots }) => nodeOf(node).setLag(slots),
    prune: ({ node, below }) => {
      nodeOf(node).prunedBelow = count(below);
    },
    /** The recent cache of one node, or of all, loses these signatures, or all. */
    forget: ({ node, signatures }) => {
      for (const one of node === undefined ? nodes : [nodeOf(node)]) {
        if (signatures === undefined) one.forgetsAll = true;
        else for (const signature of signatures) one.forgotten.add(signature);
      }
    },
    fault: ({ command, ...rule }) => faults.add(rule),
    /** No fault waits any more, and every node is well. */
    heal: () => {
      faults.clear();
      for (const node of nodes) Object.assign(node, { lag: 0, prunedBelow: 0, forgetsAll: false, forgotten: new Set() });
    },
    /** The last blocks vanish. Of their transactions a share, by the seed, lands again on the other fork. */
    fork: ({ slots, reland = 0 }) => {
      const vanished = chain.forkAt(chain.tip.slot - count(slots));
      const landed = vanished.filter(() => faults.chance(reland)).filter((record) => chain.land(record.bytes) !== null);
      return {
        vanished: vanished.map((record) => record.signature), landed: landed.map((record) => record.signature),
      };
    },
    accounts: ({ accounts }) => chain.setAccounts(accounts.map((account) => [account.address, account.lamports === 0
      ? null
      : {
        lamports: BigInt(account.lamports), owner: account.owner, data: Buffer.from(account.data ?? '', 'base64'),
        executable: false,
      }])),
  };

  return (body) => {
    const run = Object.hasOwn(commands, body.command) ? commands[body.command] : fail(`no command "${body.command}"`);
    const result = run(body) ?? {};
    return {
      ...result,
      slot: chain.tip.slot,
      height: chain.tip.height,
      finalized: chain.blockAt('finalized').slot,
      faucet: chain.faucet,
      pending: chain.pendingCount,
      faults: faults.waiting,
      nodes: nodes.map(({ name, lag, prunedBelow }) => ({ name, lag, prunedBelow })),
    };
  };
}

function count(value) {
  return Number.isInteger(value) && value >= 0 ? value : fail(`"${value}" is no count`);
}

function fail(message) {
  throw new RangeError(message);
}

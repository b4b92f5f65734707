// Commands to the chain and its nodes, beside the JSON-RPC: POST /control {"command": "...", ...}.
import { BLOCKHASH_LIFE } from './chain.mjs';

export function createControl(network, faults) {
  const { main: chain, nodes } = network;
  const these = (name) => (name === undefined ? nodes : [network.node(name)]);
  const commands = {
    state: () => ({}),
    /** So many slots, or so many blocks. */
    advance: ({ slots, blocks }) => {
      if (blocks === undefined) network.advance(count(slots ?? 1));
      else network.advanceBlocks(count(blocks));
    },
    /** Every blockhash given out so far is too old. */
    expire: () => network.advanceBlocks(BLOCKHASH_LIFE + 1),
    finalize: () => network.advance(40),
    lag: ({ node, slots }) => network.node(node).setLag(slots),
    prune: ({ node, below }) => {
      network.node(node).prunedBelow = count(below);
    },
    /** The recent cache of one node, or of all, loses these signatures, or all. */
    forget: ({ node, signatures }) => {
      for (const one of these(node)) {
        if (signatures === undefined) one.forgetsAll = true;
        else for (const signature of signatures) one.forgotten.add(signature);
      }
    },
    fault: ({ command, ...rule }) => faults.add(rule),
    /** Of these signatures and addresses one node, or all, says that there is nothing, in history too. */
    lie: ({ node, signatures = [], addresses = [] }) => {
      const hidden = [...signatures, ...addresses];
      if (hidden.length === 0) fail('a lie is about signatures or addresses');
      for (const one of these(node)) for (const text of hidden) one.lies.add(text);
    },
    /** One node, the last where none is named, stays at a fork of its own that began so many slots ago. */
    split: ({ node, slots = 0, final = false }) => network.split(node, count(slots), final),
    /** Another chain is behind the address of one node, or of all. */
    genesis: ({ node }) => network.genesis(node),
    /** No fault waits any more, and every node is well. Of what landed at a node's own fork a share lands again. */
    heal: ({ reland = 0 }) => {
      faults.clear();
      return network.heal(reland);
    },
    /** The last blocks vanish. Of their transactions a share, by the seed, lands again on the other fork. */
    fork: ({ slots, reland = 0 }) => network.fork(count(slots), reland),
    accounts: ({ accounts }) => network.setAccounts(accounts.map((account) => [account.address, account.lamports === 0
      ? null
      : {
        lamports: BigInt(account.lamports), owner: account.owner, data: Buffer.from(account.data ?? '', 'base64'),
        executable: false,
      }])),
  };

  const seenBy = (node) => (node.chain === chain ? 'chain' : node.chain.branchedAt === null ? 'another chain' : 'a fork');

  return async (body) => {
    const run = Object.hasOwn(commands, body.command) ? commands[body.command] : fail(`no command "${body.command}"`);
    const result = await run(body) ?? {};
    return {
      ...result,
      slot: chain.tip.slot,
      height: chain.tip.height,
      finalized: chain.blockAt('finalized').slot,
      faucet: chain.faucet,
      pending: chain.pendingCount,
      faults: faults.waiting,
      nodes: nodes.map((node) => ({
        name: node.name, lag: node.lag, prunedBelow: node.prunedBelow, lies: node.lies.size, sees: seenBy(node),
      })),
    };
  };
}

function count(value) {
  return Number.isInteger(value) && value >= 0 ? value : fail(`"${value}" is no count`);
}

function fail(message) {
  throw new RangeError(message);
}

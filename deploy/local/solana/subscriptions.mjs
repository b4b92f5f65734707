// Solana's subscriptions over WebSocket: signatureSubscribe, accountSubscribe, slotSubscribe and their Unsubscribe. A node
// has them on the port after that of its calls, under the same path.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { ANSWER_FAULTS } from './faults.mjs';
import { toJson } from './json.mjs';
import { RpcError } from './rpc-error.mjs';
import { isAddress, isSignature, SYSTEM_PROGRAM } from './vm.mjs';

const MOST_MESSAGE = 1024 * 1024;
// An unexpected condition, in the words of the WebSocket protocol (RFC 6455).
const BROKEN = 1011;
const NOBODY = { lamports: 0n, owner: SYSTEM_PROGRAM, data: Buffer.alloc(0), executable: false };

/** All subscriptions at all nodes. */
export class Subscriptions {
  #open = new Map(); // id -> { client, notification, due() }
  #nextId = 0;
  #nodes;
  #faults;
  #sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE });

  constructor(nodes, faults) {
    this.#nodes = nodes;
    this.#faults = faults;
    this.server = createServer((_, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
    this.server.on('upgrade', (request, socket, head) => {
      const path = new URL(request.url, 'http://localhost').pathname.slice(1);
      const node = path === '' ? this.#nodes[0] : this.#nodes.find((one) => one.name === path);
      if (node === undefined) return socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return this.#sockets.handleUpgrade(request, socket, head, (client) => this.#serve(node, client));
    });
  }

  /** Tells each subscriber what is new to it. To be called when anything may have changed. */
  notify() {
    for (const [id, subscription] of this.#open) this.#tell(id, subscription);
  }

  #tell(id, { client, notification, due }) {
    for (const { result, isLast } of due()) {
      client.send(toJson({ jsonrpc: '2.0', method: notification, params: { result, subscription: id } }));
      if (isLast) this.#open.delete(id);
    }
  }

  #serve(node, client) {
    client.on('message', (data) => this.#onMessage(node, client, data.toString('utf8')));
    client.on('close', () => {
      for (const [id, subscription] of this.#open) if (subscription.client === client) this.#open.delete(id);
    });
    // The close that follows says all there is to know.
    client.on('error', () => {});
  }

  #onMessage(node, client, text) {
    let calls;
    try {
      calls = JSON.parse(text);
    } catch {
      return client.send(toJson({ jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null }));
    }

    // What has no id wants no answer: clients send such pings to keep a connection.
    const asked = (Array.isArray(calls) ? calls : [calls]).filter((call) => call?.id !== undefined);
    if (asked.length === 0) return undefined;
    const fault = this.#faults.take(ANSWER_FAULTS, node.name, asked[0].method);
    if (fault !== null && fault.kind !== 'lose-answer') return doFault(fault, asked[0], client);
    const before = this.#nextId;
    const answers = asked.map((call) => this.#answer(node, client, call));
    if (fault !== null) return client.terminate();
    client.send(toJson(Array.isArray(calls) ? answers : answers[0]));
    // The answer first: until then the subscriber does not know the number.
    for (let id = before; id < this.#nextId; id++) if (this.#open.has(id)) this.#tell(id, this.#open.get(id));
    return undefined;
  }

  #answer(node, client, { id, method, params }) {
    try {
      return { jsonrpc: '2.0', result: this.#call(node, client, method, params ?? []), id };
    } catch (error) {
      const { code, data } = error instanceof RpcError ? error : { code: -32603 };
      return { jsonrpc: '2.0', error: { code, message: error.message, data }, id };
    }
  }

  #call(node, client, method, params) {
    const [, kind, verb] = /^(\w+?)(Subscribe|Unsubscribe)$/.exec(method) ?? [];
    if (kind === undefined || !Object.hasOwn(KINDS, kind)) throw new RpcError(-32601, 'Method not found');
    if (verb === 'Unsubscribe') {
      if (this.#open.get(params[0])?.client !== client) throw new RpcError(-32602, 'Invalid subscription id.');
      return this.#open.delete(params[0]);
    }
    const due = KINDS[kind](node, ...params);
    const id = this.#nextId++;
    this.#open.set(id, { client, notification: `${kind}Notification`, due });
    return id;
  }
}

// By name: (node, ...params) => a function that gives what has become due since it was called last.
const KINDS = {
  /** Once, where the transaction reaches the commitment. What has landed already counts. */
  signature(node, signature, config) {
    if (!isSignature(signature)) throw refused('signature');
    const commitment = commitmentOf(node, config);
    let wantsReceived = config?.enableReceivedNotification === true;
    return function* due() {
      if (wantsReceived && node.known(signature) !== null) {
        wantsReceived = false;
        yield { result: inContext(node.chain.blockAt('processed', node.lag), 'receivedSignature') };
      }
      const record = node.known(signature, commitment);
      if (record === null) return;
      yield { result: inContext(node.chain.blockAt(commitment, node.lag), { err: record.err }), isLast: true };
    };
  },

  /** Each time that the account is another at the commitment; one that is gone is shown empty. */
  account(node, address, config) {
    if (!isAddress(address)) throw refused('Pubkey');
    const commitment = commitmentOf(node, config);
    const seen = (block) => toJson(node.shown(address, block, { encoding: 'base64' }));
    let last = seen(node.chain.blockAt(commitment, node.lag));
    return function* due() {
      const block = node.chain.blockAt(commitment, node.lag);
      const now = seen(block);
      if (now === last) return;
      last = now;
      yield { result: inContext(block, node.shown(address, block, config, NOBODY)) };
    };
  },

  /** Each block that the node comes to see. */
  slot(node) {
    let last = node.tipSlot;
    return function* due() {
      for (const block of node.chain.blocksBetween(last + 1, node.tipSlot)) {
        last = block.slot;
        yield { result: { parent: block.parent, root: node.chain.rootOf(block).slot, slot: block.slot } };
      }
    };
  },
};

const inContext = (block, value) => ({ context: { slot: block.slot }, value });
const refused = (what) => new RpcError(-32602, `Invalid Request: Invalid ${what} provided`);

function commitmentOf(node, config) {
  // As the calls do, and with the same words where it is none.
  node.view({ commitment: config?.commitment });
  return config?.commitment ?? 'finalized';
}

// The same faults as those of calls, as far as a connection can have them.
function doFault(fault, call, client) {
  switch (fault.kind) {
    case 'status':
      return client.close(BROKEN, 'by command');
    case 'hang':
      return undefined;
    case 'rpc-error':
      return client.send(toJson({
        jsonrpc: '2.0', error: { code: fault.code, message: fault.message ?? 'by command', data: fault.data }, id: call.id,
      }));
    default:
      return client.send(fault.text ?? '{"jsonrpc":"2.0","result":{"conte');
  }
}

// The local chain: node main.mjs [--home DIR] [--port 0] [--slot-ms 400] [--seed 1] [--nodes alpha,beta] [--lag 3]
//
// One process, two named nodes: http://127.0.0.1:PORT/alpha and /beta (the root is the first), with their subscriptions at
// ws://127.0.0.1:PORT+1/alpha and /beta. --slot-ms 0: slots advance by command only. --with-stdin: ends when its input does,
// so that it cannot outlive a test. With --home the state survives a restart, and chain.json there says where the nodes are.
import { createServer } from 'node:http';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Chain } from './chain.mjs';
import { createControl } from './control.mjs';
import { ANSWER_FAULTS, Faults } from './faults.mjs';
import { forgetful, Journal } from './journal.mjs';
import { toJson } from './json.mjs';
import { Network } from './network.mjs';
import { RpcError } from './rpc-error.mjs';
import { Node } from './rpc.mjs';
import { Subscriptions } from './subscriptions.mjs';

const MOST_BODY = 64 * 1024 * 1024;
const MOST_PORTS_TRIED = 100;
// What may make a transaction land.
const LANDING = ['sendTransaction', 'requestAirdrop'];

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    port: { type: 'string', default: '0' },
    'slot-ms': { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    nodes: { type: 'string', default: 'alpha,beta' },
    lag: { type: 'string', default: '3' },
    'with-stdin': { type: 'boolean', default: false },
  },
});

if (options.home) mkdirSync(options.home, { recursive: true });
const journal = options.home ? new Journal(join(options.home, 'chain.jsonl')) : forgetful;
const chain = await Chain.open({ seed: Number(options.seed), journal, nowMs: Date.now() });
const faults = new Faults(Number(options.seed));
const nodes = options.nodes.split(',').map((name) => new Node(name, chain, faults));
// The second is a little behind: two nodes that always agree would hide what a client must bear.
if (nodes.length > 1) nodes[1].setLag(Number(options.lag));
const network = new Network(chain, nodes, faults);
const control = createControl(network, faults);
const subscriptions = new Subscriptions(nodes, faults);

const slotMs = Number(options['slot-ms']);
if (slotMs > 0) {
  chain.skipUnnoted();
  setInterval(() => {
    network.tick();
    subscriptions.notify();
  }, slotMs).unref();
}

const server = createServer(async (request, response) => {
  try {
    const path = new URL(request.url, 'http://localhost').pathname.slice(1);
    if (path === 'control') return await onControl(request, response);
    const node = path === '' ? nodes[0] : nodes.find((one) => one.name === path);
    if (node === undefined) return send(response, 404, { error: 'no such node' });
    allowBrowsers(response);
    if (request.method === 'OPTIONS') return send(response, 204);
    if (request.method === 'GET' && path === '') return send(response, 200, await control({ command: 'state' }));
    if (request.method !== 'POST') return send(response, 405, { error: 'POST only' });
    return await onCall(node, await bodyOf(request), response);
  } catch (error) {
    return send(response, error instanceof TooLong ? 413 : 500, { error: error.message });
  }
});

async function onControl(request, response) {
  // A page in a browser may talk to a node; it may not command the chain.
  if (request.headers.origin !== undefined) return send(response, 403, { error: 'not from a browser' });
  try {
    const body = request.method === 'POST' ? JSON.parse(await bodyOf(request)) : { command: 'state' };
    return send(response, 200, await control(body));
  } catch (error) {
    return send(response, 400, { error: error.message });
  } finally {
    subscriptions.notify();
  }
}

async function onCall(node, body, response) {
  let calls;
  try {
    calls = JSON.parse(body);
  } catch {
    return send(response, 200, { jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null });
  }

  const isBatch = Array.isArray(calls);
  const method = isBatch ? calls[0]?.method : calls?.method;
  const fault = faults.take(ANSWER_FAULTS, node.name, method);
  if (fault !== null && fault.kind !== 'lose-answer') return doFault(fault, calls, response);
  const all = isBatch ? calls : [calls];
  const answers = await Promise.all(all.map((call) => answer(node, call)));
  if (all.some((call) => LANDING.includes(call?.method))) subscriptions.notify();
  if (fault !== null) return response.destroy();
  return send(response, 200, isBatch ? answers : answers[0]);
}

function doFault(fault, call, response) {
  switch (fault.kind) {
    case 'status':
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', String(fault.retryAfter));
      if (fault.text !== undefined) return response.writeHead(fault.status ?? 503).end(fault.text);
      return send(response, fault.status ?? 503, {
        jsonrpc: '2.0', error: { code: fault.status ?? 503, message: 'by command' }, id: call?.id ?? null,
      });
    case 'hang':
      // Until the caller gives up, or this process ends.
      return undefined;
    case 'rpc-error':
      return send(response, 200, {
        jsonrpc: '2.0', error: { code: fault.code, message: fault.message ?? 'by command', data: fault.data },
        id: call?.id ?? null,
      });
    default:
      response.writeHead(200, { 'Content-Type': 'application/json' });
      return response.end(fault.text ?? '{"jsonrpc":"2.0","result":{"conte');
  }
}

async function answer(node, call) {
  const id = call?.id ?? null;
  try {
    if (typeof call?.method !== 'string') throw new RpcError(-32600, 'Invalid request');
    return { jsonrpc: '2.0', result: await node.call(call.method, call.params ?? []), id };
  } catch (error) {
    const { code, data } = error instanceof RpcError ? error : { code: -32603 };
    return { jsonrpc: '2.0', error: { code, message: error.message, data }, id };
  }
}

function allowBrowsers(response) {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', '*');
}

class TooLong extends Error {}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BODY) throw new TooLong(`a body of more than ${MOST_BODY} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body === undefined ? undefined : toJson(body));
}

const { port } = await listen(Number(options.port));
const ready = {
  port, pid: process.pid, control: `http://127.0.0.1:${port}/control`,
  nodes: nodes.map(({ name }) => ({
    name, url: `http://127.0.0.1:${port}/${name}`, subscriptions: `ws://127.0.0.1:${port + 1}/${name}`,
  })),
};
if (options.home) {
  // Renamed into place: whoever waits for the file never reads half of it.
  writeFileSync(join(options.home, 'chain.json.new'), `${JSON.stringify(ready)}\n`, { mode: 0o600 });
  renameSync(join(options.home, 'chain.json.new'), join(options.home, 'chain.json'));
}
process.stdout.write(`${JSON.stringify(ready)}\n`);

// Calls on one port and subscriptions on the next, where clients look for them. Any two where the port is 0.
async function listen(wanted) {
  for (let tries = 1; ; tries++) {
    await listening(server, wanted);
    const address = server.address();
    try {
      await listening(subscriptions.server, address.port + 1);
      return address;
    } catch (error) {
      if (wanted !== 0 || tries === MOST_PORTS_TRIED) throw error;
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  }
}

function listening(which, port) {
  return new Promise((resolve, reject) => {
    which.once('error', reject);
    which.listen(port, '127.0.0.1', () => {
      which.off('error', reject);
      resolve();
    });
  });
}

function end() {
  chain.advance(0);
  journal.close();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
if (options['with-stdin']) process.stdin.once('end', end).resume();

// What a node refuses, and how it says so.

/** An error of JSON-RPC with Solana's code. */
export class RpcError extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const invalid = (message) => new RpcError(-32602, `Invalid params: ${message}.`);

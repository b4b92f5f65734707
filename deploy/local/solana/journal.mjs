// What happened, one JSON line each, in order: the chain's state is what these lines add up to.
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

export class Journal {
  #file;
  #events = [];

  constructor(path) {
    const text = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    // A death in the middle of a line leaves a half one: it was answered to nobody.
    const whole = text.lastIndexOf(0x0A) + 1;
    const lines = text.subarray(0, whole).toString('utf8').split('\n').filter((line) => line !== '');
    // Of notes that only say how far time has come, in a row, the last says all.
    this.#events = lines.map((line) => JSON.parse(line))
      .filter((event, place, all) => event.type !== 'slot' || all[place + 1]?.type !== 'slot');
    this.#file = openSync(path, 'a', 0o600);
    if (whole < text.length) ftruncateSync(this.#file, whole);
  }

  read() {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  write(event) {
    writeSync(this.#file, `${JSON.stringify(event)}\n`);
  }

  close() {
    closeSync(this.#file);
  }
}

/** Keeps nothing: a chain that ends with its process. */
export const forgetful = { read: () => [], write() {}, close() {} };

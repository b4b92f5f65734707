// What a network and its nodes do to those who trust them: by command, and by a seed where only sometimes.

/** Faults of an answer: anything that a node can do instead of saying what it knows. */
export const ANSWER_FAULTS = ['status', 'hang', 'lose-answer', 'rpc-error', 'garbage'];
/** Faults of a send: the node answers as if all were well. */
export const SEND_FAULTS = ['drop', 'delay', 'late'];

export class Faults {
  #rules = [];
  #random;

  constructor(seed) {
    this.#random = mulberry32(seed);
  }

  /** { kind, node?, method?, times?, probability?, ... }: kept until it has happened so many times. */
  add(rule) {
    if (![...ANSWER_FAULTS, ...SEND_FAULTS].includes(rule.kind)) throw new RangeError(`no fault of kind ${rule.kind}`);
    this.#rules.push({ times: 1, probability: 1, ...rule });
  }

  clear() {
    this.#rules = [];
  }

  get waiting() {
    return this.#rules;
  }

  /** The first fault of these kinds that applies to this call, used up by one; null for none. */
  take(kinds, node, method) {
    for (const rule of this.#rules) {
      const fits = kinds.includes(rule.kind) && (rule.node ?? node) === node && (rule.method ?? method) === method;
      if (!fits || this.#random() >= rule.probability) continue;
      rule.times--;
      if (rule.times <= 0) this.#rules = this.#rules.filter((other) => other !== rule);
      return rule;
    }
    return null;
  }

  chance(probability) {
    return this.#random() < probability;
  }
}

/** A small generator with a seed: the same faults again from the same number. */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

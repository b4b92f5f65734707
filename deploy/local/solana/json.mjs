import { randomUUID } from 'node:crypto';

// Nobody outside knows it: no memo or name can be written so that it is taken for a number.
const MARK = randomUUID();
const MARKED = new RegExp(`"${MARK}(\\d+)"`, 'g');

/** 64-bit numbers stand in JSON as they are, which JSON.stringify does not do. */
export const toJson = (value) =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${MARK}${one}` : one)).replace(MARKED, '$1');

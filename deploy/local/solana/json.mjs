/** 64-bit numbers stand in JSON as they are, which JSON.stringify does not do. */
export const toJson = (value) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `\u0001${one}` : one))
  .replace(/"\\u0001(\d+)"/g, '$1');

// The same work as KitBenchmark, by @solana/kit: prints how many a second of each kind, as JSON.
import {
  address, appendTransactionMessageInstructions, compileTransaction, createNoopSigner, createTransactionMessage,
  getAddressDecoder, getAddressEncoder, getTransactionEncoder, pipe, setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import { getTransferCheckedInstruction } from '@solana-program/token';
import { getSetComputeUnitLimitInstruction, getSetComputeUnitPriceInstruction } from '@solana-program/compute-budget';

const decoder = getAddressDecoder();
const encoder = getAddressEncoder();
const key = (number) => {
  const bytes = new Uint8Array(32);
  for (let place = 0; place < 32; place++) bytes[place] = (number * 2_654_435_761 + place * 40_503) >>> 7;
  return bytes;
};
const keys = Array.from({ length: 1_000 }, (_, number) => key(number + 1));
const texts = keys.map((bytes) => decoder.decode(bytes));

function rate(count, work) {
  work(Math.min(count, 500));
  const started = performance.now();
  work(count);
  return Math.round(count / ((performance.now() - started) / 1_000));
}

const encode = rate(100_000, (count) => {
  for (let one = 0; one < count; one++) decoder.decode(keys[one % keys.length]);
});
const decode = rate(100_000, (count) => {
  for (let one = 0; one < count; one++) encoder.encode(texts[one % texts.length]);
});
const [payer, source, mint] = texts;
const message = rate(1_000, (count) => {
  for (let one = 0; one < count; one++) {
    const transfers = [];
    for (let payout = 0; payout < 18; payout++) {
      transfers.push(getTransferCheckedInstruction({
        source, mint, destination: texts[10 + ((one * 18 + payout) % 900)], authority: createNoopSigner(payer),
        amount: BigInt(payout + 1), decimals: 6,
      }));
    }
    const built = pipe(
      createTransactionMessage({ version: 'legacy' }),
      (m) => setTransactionMessageFeePayer(address(payer), m),
      (m) => setTransactionMessageLifetimeUsingBlockhash({ blockhash: texts[5], lastValidBlockHeight: 0n }, m),
      (m) => appendTransactionMessageInstructions([
        getSetComputeUnitLimitInstruction({ units: 127_000 }), getSetComputeUnitPriceInstruction({ microLamports: 1_000n }),
        ...transfers,
      ], m),
    );
    getTransactionEncoder().encode(compileTransaction(built));
  }
});
console.log(JSON.stringify({ encode, decode, message }));

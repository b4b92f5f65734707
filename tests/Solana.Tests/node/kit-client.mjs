// @solana/kit, unchanged, against the local chain: node kit-client.mjs URL CONTROL. Prints what it saw as JSON.
import assert from 'node:assert/strict';
import {
  appendTransactionMessageInstructions, createSolanaRpc, createTransactionMessage,
  generateKeyPairSigner, getBase64EncodedWireTransaction, getSignatureFromTransaction, lamports, pipe,
  setTransactionMessageFeePayerSigner, setTransactionMessageLifetimeUsingBlockhash, signTransactionMessageWithSigners,
} from '@solana/kit';
import * as system from '@solana-program/system';
import * as token from '@solana-program/token';

const [url, control] = process.argv.slice(2);
const rpc = createSolanaRpc(url);
const command = async (body) => (await fetch(control, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
})).json();
const processed = { commitment: 'processed' };

assert.equal(await rpc.getHealth().send(), 'ok');
const [payer, mint, owner] = await Promise.all([1, 2, 3].map(() => generateKeyPairSigner()));
const airdrop = await rpc.requestAirdrop(payer.address, lamports(10_000_000_000n), processed).send();
assert.equal((await rpc.getBalance(payer.address, processed).send()).value, 10_000_000_000n);

async function send(version, instructions) {
  const { value: latest } = await rpc.getLatestBlockhash(processed).send();
  const message = pipe(
    createTransactionMessage({ version }),
    (m) => setTransactionMessageFeePayerSigner(payer, m),
    (m) => setTransactionMessageLifetimeUsingBlockhash(latest, m),
    (m) => appendTransactionMessageInstructions(instructions, m),
  );
  const signed = await signTransactionMessageWithSigners(message);
  const wire = getBase64EncodedWireTransaction(signed);
  const simulated = await rpc.simulateTransaction(wire, { encoding: 'base64', sigVerify: true, ...processed }).send();
  assert.equal(simulated.value.err, null, JSON.stringify(simulated.value.logs));
  const signature = await rpc.sendTransaction(wire, { encoding: 'base64', preflightCommitment: 'processed' }).send();
  assert.equal(signature, getSignatureFromTransaction(signed));
  return signature;
}

const size = BigInt(token.getMintSize());
const rent = await rpc.getMinimumBalanceForRentExemption(size).send();
const [ata] = await token.findAssociatedTokenPda({
  owner: owner.address, mint: mint.address, tokenProgram: token.TOKEN_PROGRAM_ADDRESS,
});
const made = await send(0, [
  system.getCreateAccountInstruction({
    payer, newAccount: mint, lamports: rent, space: size, programAddress: token.TOKEN_PROGRAM_ADDRESS,
  }),
  token.getInitializeMint2Instruction({ mint: mint.address, decimals: 6, mintAuthority: payer.address }),
  token.getCreateAssociatedTokenIdempotentInstruction({ payer, ata, owner: owner.address, mint: mint.address }),
  token.getMintToInstruction({ mint: mint.address, token: ata, mintAuthority: payer, amount: 1_584_000_000n }),
]);
const moved = await send('legacy', [system.getTransferSolInstruction({
  source: payer, destination: owner.address, amount: 1_000_000n,
})]);

assert.equal((await rpc.getTokenSupply(mint.address, processed).send()).value.amount, '1584000000');
assert.equal((await rpc.getTokenAccountBalance(ata, processed).send()).value.uiAmountString, '1584');
const fetched = await token.fetchToken(rpc, ata, processed);
assert.equal(fetched.data.amount, 1_584_000_000n);
assert.equal((await rpc.getSignatureStatuses([moved]).send()).value[0].confirmationStatus, 'processed');
assert.equal(await rpc.getTransaction(moved, { commitment: 'finalized' }).send(), null);

await command({ command: 'finalize' });
const [status] = (await rpc.getSignatureStatuses([moved]).send()).value;
assert.equal(status.confirmationStatus, 'finalized');
assert.equal(status.confirmations, null);
const seen = await rpc.getTransaction(made, { maxSupportedTransactionVersion: 0, encoding: 'json' }).send();
assert.equal(seen.meta.err, null);
assert.equal(seen.meta.postTokenBalances[0].uiTokenAmount.amount, '1584000000');
const history = await rpc.getSignaturesForAddress(payer.address).send();
assert.deepEqual(history.map((one) => one.signature), [moved, made, airdrop]);
assert.equal((await rpc.getMultipleAccounts([ata, payer.address], { encoding: 'base64' }).send()).value.length, 2);
assert.ok(await rpc.getBlockHeight().send() < await rpc.getSlot().send());
assert.equal(await rpc.getFirstAvailableBlock().send(), 0n);
await assert.rejects(rpc.sendTransaction('AAAA', { encoding: 'base64' }).send());
console.log(JSON.stringify({ made, moved, fee: String(seen.meta.fee) }));

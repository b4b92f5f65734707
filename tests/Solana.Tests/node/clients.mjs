// The calls by which JavaScript clients send and wait, unchanged, against the local chain: sendAndConfirmTransaction of
// @solana/web3.js, those of @solana/spl-token, the factories of @solana/kit. All wait by subscriptions, and for ever without
// them. node clients.mjs URL CONTROL; the chain advances by command only.
import assert from 'node:assert/strict';
import {
  Connection, Keypair, LAMPORTS_PER_SOL, NONCE_ACCOUNT_LENGTH, NonceAccount, sendAndConfirmRawTransaction,
  sendAndConfirmTransaction, SystemProgram, Transaction, TransactionMessage, VersionedTransaction,
} from '@solana/web3.js';
import * as spl from '@solana/spl-token';
import * as kit from '@solana/kit';
import * as system from '@solana-program/system';

const [url, control] = process.argv.slice(2);
const subscriptionsUrl = `ws://127.0.0.1:${Number(new URL(url).port) + 1}${new URL(url).pathname}`;
const command = async (body) => (await fetch(control, { method: 'POST', body: JSON.stringify(body) })).json();

const call = async (method, params) => (await (await fetch(url, {
  method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
})).json()).result;
const counted = (commitment) => call('getTransactionCount', [{ commitment }]);

// While something is not final the chain goes on, a block at a time, and else it stands: no slower machine lets a
// blockhash grow old in a client's hands.
async function whileBlocksCome(promise, always = false) {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  promise.then(end, end);
  while (!isOver) {
    const isFinal = await counted('processed') === await counted('finalized');
    if (always || !isFinal) await command({ command: 'advance', blocks: 1 });
  }
  return promise;
}

const done = [];
async function does(name, run, always) {
  const result = await whileBlocksCome(run(), always);
  done.push(name);
  return result;
}

await web3();
await splToken();
await withKit();
console.log(JSON.stringify({ done }));
process.exit(0);

async function web3() {
  for (const commitment of ['processed', 'confirmed', 'finalized']) {
    const connection = new Connection(url, commitment);
    const payer = await funded(connection);
    const to = Keypair.generate().publicKey;
    const transfer = () => new Transaction().add(
      SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: to, lamports: LAMPORTS_PER_SOL }));
    const signature = await does(`sendAndConfirmTransaction ${commitment}`, () =>
      sendAndConfirmTransaction(connection, transfer(), [payer], { commitment, preflightCommitment: 'processed' }));
    const levels = ['processed', 'confirmed', 'finalized'];
    const { value } = await connection.getSignatureStatus(signature);
    assert.ok(levels.indexOf(value.confirmationStatus) >= levels.indexOf(commitment), value.confirmationStatus);

    await does(`sendAndConfirmRawTransaction ${commitment}`, async () => {
      const latest = await connection.getLatestBlockhash();
      const message = new TransactionMessage({
        payerKey: payer.publicKey, recentBlockhash: latest.blockhash, instructions: transfer().instructions,
      });
      const versioned = new VersionedTransaction(message.compileToV0Message());
      versioned.sign([payer]);
      return sendAndConfirmRawTransaction(connection, Buffer.from(versioned.serialize()), {
        ...latest, signature: kit.getBase58Decoder().decode(versioned.signatures[0]),
      }, { commitment });
    });
    assert.equal(await connection.getBalance(to, 'processed'), 2 * LAMPORTS_PER_SOL);
  }
  await nonceOfWeb3();
  await eventsOfWeb3();
}

async function funded(connection) {
  const payer = Keypair.generate();
  const signature = await connection.requestAirdrop(payer.publicKey, 100 * LAMPORTS_PER_SOL);
  const latest = await connection.getLatestBlockhash();
  await does('confirmTransaction', () => connection.confirmTransaction({ signature, ...latest }));
  return payer;
}

async function nonceOfWeb3() {
  const connection = new Connection(url, 'confirmed');
  const payer = await funded(connection);
  const nonce = Keypair.generate();
  await does('create a nonce', async () => sendAndConfirmTransaction(connection, SystemProgram.createNonceAccount({
    fromPubkey: payer.publicKey, noncePubkey: nonce.publicKey, authorizedPubkey: payer.publicKey,
    lamports: await connection.getMinimumBalanceForRentExemption(NONCE_ACCOUNT_LENGTH),
  }), [payer, nonce]));
  const { value, context } = await connection.getAccountInfoAndContext(nonce.publicKey);
  const transaction = new Transaction({
    feePayer: payer.publicKey,
    minContextSlot: context.slot,
    nonceInfo: {
      nonce: NonceAccount.fromAccountData(value.data).nonce,
      nonceInstruction: SystemProgram.nonceAdvance({ noncePubkey: nonce.publicKey, authorizedPubkey: payer.publicKey }),
    },
  }).add(SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: payer.publicKey, lamports: 1 }));
  await does('sendAndConfirmTransaction by a nonce', () => sendAndConfirmTransaction(connection, transaction, [payer]));
}

async function eventsOfWeb3() {
  const connection = new Connection(url, 'confirmed');
  const payer = await funded(connection);
  const slot = await does('onSlotChange', () => new Promise((resolve) => {
    const id = connection.onSlotChange((info) => {
      connection.removeSlotChangeListener(id).then(() => resolve(info));
    });
  }), true);
  assert.ok(slot.parent < slot.slot && slot.root < slot.slot);
  let seen = null;
  connection.onAccountChange(payer.publicKey, (account) => {
    seen ??= account;
  }, { commitment: 'confirmed' });
  // Until it is told: when the subscription stands the client does not say.
  for (let sent = 1; seen === null; sent++) {
    const transfer = new Transaction().add(SystemProgram.transfer({
      fromPubkey: payer.publicKey, toPubkey: Keypair.generate().publicKey, lamports: LAMPORTS_PER_SOL,
    }));
    await does('a transfer', () => sendAndConfirmTransaction(new Connection(url, 'confirmed'), transfer, [payer]));
    assert.ok(sent < 90, 'no change of the account was told');
  }
  done.push('onAccountChange');
  assert.equal((100 * LAMPORTS_PER_SOL - seen.lamports) % (LAMPORTS_PER_SOL + 5_000), 0);
}

async function splToken() {
  // One for each call: a connection uses a blockhash again for half a minute, which is many blocks here.
  const fresh = () => new Connection(url, 'confirmed');
  const payer = await funded(fresh());
  const [owner, delegate, authority] = [Keypair.generate(), Keypair.generate(), Keypair.generate()];
  const mint = await does('createMint', () => spl.createMint(fresh(), payer, payer.publicKey, authority.publicKey, 6));
  const mine = await does('createAssociatedTokenAccount', () =>
    spl.createAssociatedTokenAccount(fresh(), payer, mint, payer.publicKey));
  const theirs = await does('createAssociatedTokenAccountIdempotent', () =>
    spl.createAssociatedTokenAccountIdempotent(fresh(), payer, mint, owner.publicKey));
  const same = await does('getOrCreateAssociatedTokenAccount', () =>
    spl.getOrCreateAssociatedTokenAccount(fresh(), payer, mint, delegate.publicKey));
  const own = await does('createAccount', () =>
    spl.createAccount(fresh(), payer, mint, owner.publicKey, Keypair.generate()));
  await does('mintTo', () => spl.mintTo(fresh(), payer, mint, mine, payer, 1_000_000_000n));
  await does('mintToChecked', () => spl.mintToChecked(fresh(), payer, mint, mine, payer, 1_000_000_000n, 6));
  await does('transfer', () => spl.transfer(fresh(), payer, mine, theirs, payer, 300_000_000n));
  await does('transferChecked', () => spl.transferChecked(fresh(), payer, mine, mint, own, payer, 200_000_000n, 6));
  await does('approve', () => spl.approve(fresh(), payer, theirs, delegate.publicKey, owner, 5n));
  await does('approveChecked', () => spl.approveChecked(fresh(), payer, mint, theirs, delegate.publicKey, owner, 7n, 6));
  await does('transfer by a delegate', () => spl.transfer(fresh(), payer, theirs, same.address, delegate, 3n));
  assert.equal((await spl.getAccount(fresh(), theirs)).delegatedAmount, 4n);
  await does('revoke', () => spl.revoke(fresh(), payer, theirs, owner));
  await does('freezeAccount', () => spl.freezeAccount(fresh(), payer, theirs, mint, authority));
  assert.ok((await spl.getAccount(fresh(), theirs)).isFrozen);
  await assert.rejects(does('-', () => spl.transfer(fresh(), payer, theirs, mine, owner, 1n)), /0x11/);
  await does('thawAccount', () => spl.thawAccount(fresh(), payer, theirs, mint, authority));
  await does('burn', () => spl.burn(fresh(), payer, mine, mint, payer, 1_000_000n));
  await does('burnChecked', () => spl.burnChecked(fresh(), payer, own, mint, owner, 200_000_000n, 6));
  await does('closeAccount', () => spl.closeAccount(fresh(), payer, own, payer.publicKey, owner));
  await does('setAuthority', () =>
    spl.setAuthority(fresh(), payer, mint, payer, spl.AuthorityType.MintTokens, null));
  const signers = [Keypair.generate(), Keypair.generate()];
  const multisig = await does('createMultisig', () =>
    spl.createMultisig(fresh(), payer, signers.map((one) => one.publicKey), 2, Keypair.generate()));
  assert.equal((await spl.getMultisig(fresh(), multisig)).m, 2);
  const wrapped = await does('createWrappedNativeAccount', () =>
    spl.createWrappedNativeAccount(fresh(), payer, payer.publicKey, LAMPORTS_PER_SOL));
  await does('a transfer', () => sendAndConfirmTransaction(fresh(), new Transaction().add(
    SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: wrapped, lamports: LAMPORTS_PER_SOL })), [payer]));
  await does('syncNative', () => spl.syncNative(fresh(), payer, wrapped));
  assert.equal((await spl.getAccount(fresh(), wrapped)).amount, 2n * BigInt(LAMPORTS_PER_SOL));
  const nested = await does('an account of an account', async () => spl.createAssociatedTokenAccountIdempotent(
    fresh(), payer, mint, theirs, undefined, undefined, undefined, true));
  await does('transfer', () => spl.transfer(fresh(), payer, mine, nested, payer, 11n));
  await does('recoverNested', () => spl.recoverNested(fresh(), payer, owner, mint, mint));
  assert.equal((await spl.getMint(fresh(), mint)).supply, 1_799_000_000n);
}

async function withKit() {
  const rpc = kit.createSolanaRpc(url);
  const rpcSubscriptions = kit.createSolanaRpcSubscriptions(subscriptionsUrl);
  const [payer, nonce] = await Promise.all([kit.generateKeyPairSigner(), kit.generateKeyPairSigner()]);
  await does('airdropFactory', () => kit.airdropFactory({ rpc, rpcSubscriptions })({
    recipientAddress: payer.address, lamports: kit.lamports(10_000_000_000n), commitment: 'confirmed',
  }));
  const sendAndConfirm = kit.sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });
  const sign = async (instructions) => {
    const { value: latest } = await rpc.getLatestBlockhash().send();
    return kit.signTransactionMessageWithSigners(kit.pipe(
      kit.createTransactionMessage({ version: 0 }),
      (m) => kit.setTransactionMessageFeePayerSigner(payer, m),
      (m) => kit.setTransactionMessageLifetimeUsingBlockhash(latest, m),
      (m) => kit.appendTransactionMessageInstructions(instructions, m),
    ));
  };
  for (const commitment of ['processed', 'confirmed', 'finalized']) {
    await does(`sendAndConfirmTransactionFactory ${commitment}`, async () => sendAndConfirm(await sign([
      system.getTransferSolInstruction({ source: payer, destination: nonce.address, amount: 1_000_000n }),
    ]), { commitment }));
  }

  const space = BigInt(system.getNonceSize());
  const account = await kit.generateKeyPairSigner();
  await does('create a nonce', async () => sendAndConfirm(await sign([
    system.getCreateAccountInstruction({
      payer, newAccount: account, space, lamports: await rpc.getMinimumBalanceForRentExemption(space).send(),
      programAddress: system.SYSTEM_PROGRAM_ADDRESS,
    }),
    system.getInitializeNonceAccountInstruction({ nonceAccount: account.address, nonceAuthority: payer.address }),
  ]), { commitment: 'confirmed' }));
  const { data } = await system.fetchNonce(rpc, account.address, { commitment: 'confirmed' });
  const durable = await kit.signTransactionMessageWithSigners(kit.pipe(
    kit.createTransactionMessage({ version: 0 }),
    (m) => kit.setTransactionMessageFeePayerSigner(payer, m),
    (m) => kit.setTransactionMessageLifetimeUsingDurableNonce({
      nonce: data.blockhash, nonceAccountAddress: account.address, nonceAuthorityAddress: payer.address,
    }, m),
    (m) => kit.appendTransactionMessageInstruction(
      system.getTransferSolInstruction({ source: payer, destination: nonce.address, amount: 1_000_000n }), m),
  ));
  await does('sendAndConfirmDurableNonceTransactionFactory', () =>
    kit.sendAndConfirmDurableNonceTransactionFactory({ rpc, rpcSubscriptions })(durable, { commitment: 'confirmed' }));

  const stop = new AbortController();
  const slots = await rpcSubscriptions.slotNotifications().subscribe({ abortSignal: stop.signal });
  await does('slotNotifications', async () => {
    for await (const { slot, parent } of slots) {
      assert.ok(parent < slot);
      break;
    }
  }, true);
  stop.abort();
}

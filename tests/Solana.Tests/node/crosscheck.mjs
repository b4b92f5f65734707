// Answers cases, one JSON line each, with what @solana/kit and the program clients make of them.
// In: {"id":1,"kind":"key","in":{...}}   Out: {"id":1,"out":{...}} or {"id":1,"error":"..."}
import { createInterface } from 'node:readline';
import {
  AccountRole, address, appendTransactionMessageInstructions, compileTransaction,
  compressTransactionMessageUsingAddressLookupTables, createKeyPairFromPrivateKeyBytes, createNoopSigner,
  createTransactionMessage, getAddressDecoder, getAddressEncoder, getAddressFromPublicKey, getBase58Decoder,
  getCompiledTransactionMessageDecoder, getProgramDerivedAddress, getTransactionDecoder, getTransactionEncoder,
  getTransactionSize, getPublicKeyFromAddress, isAddress, isOffCurveAddress, pipe,
  setTransactionMessageFeePayer, setTransactionMessageLifetimeUsingBlockhash,
  setTransactionMessageLifetimeUsingDurableNonce, signBytes, signTransaction, verifySignature,
} from '@solana/kit';
import * as token from '@solana-program/token';
import * as system from '@solana-program/system';
import * as memo from '@solana-program/memo';
import * as budget from '@solana-program/compute-budget';
import { createSignInMessageText, parseSignInMessageText, verifySignIn } from '@solana/wallet-standard-util';

const unhex = (text) => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const unbase64 = (text) => Uint8Array.from(Buffer.from(text, 'base64'));
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const pairOf = (seed) => createKeyPairFromPrivateKeyBytes(unhex(seed), true);
const signer = (key) => createNoopSigner(address(key));

const kinds = {
  async key({ seed, message, flip }) {
    const pair = await pairOf(seed);
    const signature = await signBytes(pair.privateKey, unhex(message));
    const bent = Uint8Array.from(signature);
    if (flip !== null) bent[flip >> 3] ^= 1 << (flip & 7);
    return {
      address: await getAddressFromPublicKey(pair.publicKey),
      signature: getBase58Decoder().decode(signature),
      verified: await verifySignature(pair.publicKey, bent, unhex(message)),
    };
  },

  address({ bytes }) {
    const text = getAddressDecoder().decode(unhex(bytes));
    return { text, bytes: hex(getAddressEncoder().encode(text)), onCurve: !isOffCurveAddress(text) };
  },

  text({ text }) {
    return { isAddress: isAddress(text) };
  },

  async pda({ program, seeds }) {
    const [found, bump] = await getProgramDerivedAddress({ programAddress: address(program), seeds: seeds.map(unhex) });
    return { address: found, bump };
  },

  async ata({ owner, mint }) {
    const [found] = await token.findAssociatedTokenPda({
      owner: address(owner), mint: address(mint), tokenProgram: token.TOKEN_PROGRAM_ADDRESS,
    });
    return { address: found };
  },

  instruction({ name, args }) {
    const { programAddress, accounts, data } = instructions[name](args);
    return {
      program: programAddress,
      accounts: (accounts ?? []).map(({ address: key, role }) => [key, role]),
      data: hex(data),
    };
  },

  async message({ version, payer, signers, lifetime, instructions: calls, tables, ours }) {
    const pairs = await Promise.all(signers.map(pairOf));
    const withLifetime = lifetime.blockhash
      ? (m) => setTransactionMessageLifetimeUsingBlockhash(
        { blockhash: lifetime.blockhash, lastValidBlockHeight: 0n }, m)
      : (m) => setTransactionMessageLifetimeUsingDurableNonce({
        nonce: lifetime.nonce, nonceAccountAddress: lifetime.account, nonceAuthorityAddress: lifetime.authority,
      }, m);
    let built = pipe(
      createTransactionMessage({ version }),
      (m) => setTransactionMessageFeePayer(address(payer), m),
      (m) => appendTransactionMessageInstructions(calls.map((call) => ({
        programAddress: address(call.program),
        accounts: call.accounts.map(([key, role]) => ({ address: address(key), role })),
        data: unhex(call.data),
      })), m),
      withLifetime,
    );
    if (tables.length > 0) {
      built = compressTransactionMessageUsingAddressLookupTables(
        built, Object.fromEntries(tables.map((table) => [table.address, table.addresses.map(address)])));
    }

    const compiled = compileTransaction(built);
    const signed = await signTransaction(pairs, compiled);
    const bytes = getTransactionEncoder().encode(signed);
    // Ours is read by kit where it is given: the other way round.
    const read = getTransactionDecoder().decode(ours ? unbase64(ours) : bytes);
    const message = getCompiledTransactionMessageDecoder().decode(read.messageBytes);
    const verified = [];
    for (const [key, signature] of Object.entries(read.signatures)) {
      verified.push(await verifySignature(await getPublicKeyFromAddress(key), signature, read.messageBytes));
    }

    return {
      transaction: base64(bytes),
      size: getTransactionSize(compiled),
      verified,
      read: {
        version: message.version,
        header: [
          message.header.numSignerAccounts, message.header.numReadonlySignerAccounts,
          message.header.numReadonlyNonSignerAccounts,
        ],
        keys: message.staticAccounts,
        lifetime: message.lifetimeToken,
        instructions: message.instructions.map((call) => [
          call.programAddressIndex, [...(call.accountIndices ?? [])], hex(call.data ?? []),
        ]),
        lookups: (message.addressTableLookups ?? []).map((lookup) => [
          lookup.lookupTableAddress, [...lookup.writableIndexes], [...lookup.readonlyIndexes],
        ]),
      },
    };
  },

  // Sign-In With Solana: the text of a challenge, and a wallet's answer to it.
  async signIn({ input, seed }) {
    const pair = await pairOf(seed);
    const text = createSignInMessageText(input);
    const signature = await signBytes(pair.privateKey, new TextEncoder().encode(text));
    return { text, signature: getBase58Decoder().decode(signature), parsed: parseSignInMessageText(text) !== null };
  },

  async signInAnswer({ input, text, publicKey, signature }) {
    const signedMessage = new TextEncoder().encode(text);
    return {
      accepted: verifySignIn(input, {
        account: { publicKey: unhex(publicKey) }, signedMessage, signature: unhex(signature),
      }),
    };
  },
};

const instructions = {
  createAccount: (a) => system.getCreateAccountInstruction({
    payer: signer(a.from), newAccount: signer(a.created), lamports: BigInt(a.lamports), space: BigInt(a.space),
    programAddress: address(a.owner),
  }),
  transfer: (a) => system.getTransferSolInstruction({
    source: signer(a.from), destination: address(a.to), amount: BigInt(a.lamports),
  }),
  advanceNonce: (a) => system.getAdvanceNonceAccountInstruction({
    nonceAccount: address(a.nonce), nonceAuthority: signer(a.authority),
  }),
  withdrawNonce: (a) => system.getWithdrawNonceAccountInstruction({
    nonceAccount: address(a.nonce), recipientAccount: address(a.to), nonceAuthority: signer(a.authority),
    withdrawAmount: BigInt(a.lamports),
  }),
  initializeNonce: (a) => system.getInitializeNonceAccountInstruction({
    nonceAccount: address(a.nonce), nonceAuthority: address(a.authority),
  }),
  authorizeNonce: (a) => system.getAuthorizeNonceAccountInstruction({
    nonceAccount: address(a.nonce), nonceAuthority: signer(a.authority), newNonceAuthority: address(a.to),
  }),
  transferChecked: (a) => token.getTransferCheckedInstruction({
    source: address(a.source), mint: address(a.mint), destination: address(a.destination),
    authority: signer(a.authority), amount: BigInt(a.amount), decimals: a.decimals,
  }),
  mintTo: (a) => token.getMintToInstruction({
    mint: address(a.mint), token: address(a.destination), mintAuthority: signer(a.authority),
    amount: BigInt(a.amount),
  }),
  burn: (a) => token.getBurnInstruction({
    account: address(a.source), mint: address(a.mint), authority: signer(a.authority), amount: BigInt(a.amount),
  }),
  setAuthority: (a) => token.getSetAuthorityInstruction({
    owned: address(a.account), owner: signer(a.authority), authorityType: a.type,
    newAuthority: a.to === null ? null : address(a.to),
  }),
  initializeMint2: (a) => token.getInitializeMint2Instruction({
    mint: address(a.mint), decimals: a.decimals, mintAuthority: address(a.authority),
    freezeAuthority: a.to === null ? null : address(a.to),
  }),
  createIdempotent: (a) => token.getCreateAssociatedTokenIdempotentInstruction({
    payer: signer(a.payer), ata: address(a.account), owner: address(a.owner), mint: address(a.mint),
  }),
  // The program that wallets, explorers and Solana Pay know; the package's default, version 4, is newer than LiteSVM.
  memo: (a) => memo.getAddMemoInstruction(
    { memo: a.text, signers: a.signers.map(signer) }, { programAddress: memo.LEGACY_MEMO_PROGRAM_ADDRESS_V3 }),
  computeLimit: (a) => budget.getSetComputeUnitLimitInstruction({ units: a.units }),
  computePrice: (a) => budget.getSetComputeUnitPriceInstruction({ microLamports: BigInt(a.microLamports) }),
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { id, kind, in: input } = JSON.parse(line);
  let answer;
  try {
    answer = { id, out: await kinds[kind](input) };
  } catch (error) {
    answer = { id, error: String(error?.stack ?? error) };
  }

  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

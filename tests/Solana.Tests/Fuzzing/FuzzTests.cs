using System.Diagnostics;
using System.Text;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;
using Stk.Solana.SignIn;
using Stk.Solana.Tests.CrossChecks;
using Stk.Testing;
using Xunit.Abstractions;

namespace Stk.Solana.Tests.Fuzzing;

/// <summary>
/// Parsers of what strangers send. A second each here; the nightly run gives them a minute: <c>./stk fuzz 60</c>, which
/// sets <c>STK_FUZZ_SECONDS</c>. The seed of a failure is in its message: <c>STK_FUZZ_SEED</c> repeats it.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly Func<byte[], RpcError?>[] Readers =
    [
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Number).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.LatestBlockHash).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Signature).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Simulated).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Statuses).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Signatures).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Account).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Accounts).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Amount).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Landed).Error,
        bytes => RpcAnswer.Read(bytes, RpcAnswer.Health).Error,
    ];

    private static readonly string[] Answers =
    [
        """{"jsonrpc":"2.0","id":1,"result":5}""",
        """{"jsonrpc":"2.0","id":1,"result":"ok"}""",
        """{"result":{"context":{"apiVersion":"3.1.0","slot":9},"value":{"blockhash":"4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi","lastValidBlockHeight":159}}}""",
        """{"result":"5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc"}""",
        """{"result":{"context":{"slot":9},"value":{"err":{"InstructionError":[0,{"Custom":1}]},"logs":["a","b"],"unitsConsumed":150}}}""",
        """{"result":{"context":{"slot":9},"value":[null,{"slot":5,"confirmations":null,"err":null,"status":{"Ok":null},"confirmationStatus":"finalized"}]}}""",
        """{"result":[{"signature":"5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc","slot":5,"err":"AccountInUse","memo":null,"blockTime":1795505330,"confirmationStatus":"confirmed"}]}""",
        """{"result":{"context":{"slot":9},"value":{"data":["AQID","base64"],"executable":false,"lamports":18446744073709551615,"owner":"11111111111111111111111111111111","rentEpoch":18446744073709551615,"space":3}}}""",
        """{"result":{"context":{"slot":9},"value":[null,{"data":["","base64"],"executable":true,"lamports":1,"owner":"11111111111111111111111111111111"}]}}""",
        """{"result":{"context":{"slot":9},"value":{"amount":"1584000000","decimals":6,"uiAmount":1584.0,"uiAmountString":"1584"}}}""",
        """{"result":{"slot":5,"blockTime":1795505330,"version":0,"transaction":["AQID","base64"],"meta":{"err":null,"fee":5000,"preBalances":[1],"postBalances":[2],"preTokenBalances":[{"accountIndex":1,"mint":"4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi","owner":"11111111111111111111111111111111","uiTokenAmount":{"amount":"5","decimals":6}}],"postTokenBalances":[],"computeUnitsConsumed":150}}}""",
        """{"error":{"code":-32002,"message":"m","data":{"err":{"InsufficientFundsForRent":{"account_index":4}},"logs":["x"],"accounts":null}}}""",
    ];

    [Fact]
    public void Whatever_a_node_answers_is_read_or_garbled_and_nothing_throws()
    {
        var samples = Array.ConvertAll(Answers, Encoding.UTF8.GetBytes);
        var garbled = 0;
        Fuzz(random =>
        {
            var bytes = Mutation.Of(samples[random.Next(samples.Length)], random);
            foreach (var read in Readers)
            {
                garbled += read(bytes) is RpcError.Garbled ? 1 : 0;
            }
        });
        Assert.True(garbled > 0);
    }

    [Fact]
    public void Every_sample_answer_has_a_reader() => Assert.All(Answers, answer =>
        Assert.Contains(Readers, read => read(Encoding.UTF8.GetBytes(answer)) is null or RpcError.PreflightFailed));

    [Fact]
    public void Whatever_bytes_come_as_a_transaction_are_refused_or_written_back_the_same()
    {
        byte[][] samples =
        [
            .. new CrossCases(seed: 5).Take(200).Where(one => one.Kind == "message")
                .Select(one => OurAnswers.TransactionOf(one.Input).Serialize()),
        ];
        var taken = 0;
        Fuzz(random =>
        {
            var bytes = Mutation.Of(samples[random.Next(samples.Length)], random);
            if (!Transaction.TryParse(bytes, out var transaction, out var flaw))
            {
                Assert.NotEmpty(flaw);
                return;
            }

            taken++;
            Assert.Equal(bytes, transaction.Serialize());
            Assert.Equal(bytes.Length, transaction.Size);
            Assert.Equal(transaction.Message.SignerCount, transaction.Verify().Length);
        });
        Assert.True(taken > 0);
    }

    [Fact]
    public void Whatever_text_comes_as_an_address_is_refused_or_is_that_address()
    {
        var sample = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"u8.ToArray();
        Fuzz(random =>
        {
            var text = Encoding.Latin1.GetString(Mutation.Of(sample, random));
            Assert.True(!PublicKey.TryParse(text, out var key, out _) || key.ToString() == text);
        });
    }

    [Fact]
    public void Whatever_bytes_come_as_a_wallets_proof_only_the_wallets_own_are_taken()
    {
        using var wallet = Account.FromSeed(TestKeys.Seed(1));
        const string Text = "stk.example wants you to sign in with your Solana account:";
        var transaction = Transaction.Sign(LinkTransaction.For(Text, wallet.PublicKey).Message, wallet).Serialize();
        byte[] envelope = [0xFF, .. "solana offchain"u8, 0, 0, (byte)Text.Length, 0, .. Encoding.ASCII.GetBytes(Text)];
        Assert.Equal(SignatureVerdict.Valid, new LinkProof.OfTransaction(Text, transaction).Check(wallet.PublicKey));
        Fuzz(random =>
        {
            var altered = Mutation.Of(transaction, random);
            Assert.True(
                altered.AsSpan().SequenceEqual(transaction)
                || new LinkProof.OfTransaction(Text, altered).Check(wallet.PublicKey) != SignatureVerdict.Valid);
            // Signed as it is: what is not the text in one of its two forms proves nothing.
            var signed = Mutation.Of(envelope, random);
            var proof = new LinkProof.OfMessage(Text, wallet.Sign(signed).ToString(), signed);
            Assert.True(
                signed.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Text)) >= 0
                || proof.Check(wallet.PublicKey) == SignatureVerdict.Wrong);
        });
    }

    private void Fuzz(Action<Random> once)
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("STK_FUZZ_SECONDS"), out var given) ? given : 1;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STK_FUZZ_SEED"), out var first)
            ? first
            : Random.Shared.Next();
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; count < 200 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; count++, seed++)
        {
            try
            {
                once(new(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"STK_FUZZ_SEED={seed}", failure);
            }
        }

        output.WriteLine($"{count} inputs");
    }
}

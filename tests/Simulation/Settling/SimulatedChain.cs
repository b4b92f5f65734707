using System.Buffers.Binary;
using System.Collections.Immutable;
using Stk.Simulation.Steps;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Simulation.Settling;

/// <summary>
/// One chain as it truly is: blocks, what waits to get into one, and token accounts. Blocks above the final ones can be
/// dropped.
/// </summary>
internal sealed class SimulatedChain(Dice dice)
{
    private const byte TransferChecked = 12;

    private readonly List<SimulatedBlock> _blocks = [];
    private readonly Dictionary<Signature, Transaction> _waiting = [];
    private readonly Dictionary<Blockhash, ulong> _heights = [];
    private readonly Dictionary<Signature, ulong> _dropped = [];
    private readonly Dictionary<PublicKey, TokenHolding> _tokens = new()
    {
        [SettlingPlan.FloatTokens] = new(SettlingPlan.FirstBalance, IsGivenAway: false),
        [SettlingPlan.StrangersTokens] = new(SettlingPlan.FirstBalance, IsGivenAway: false),
        [SettlingPlan.VaultTokens] = new(SettlingPlan.FirstBalance, IsGivenAway: false),
    };

    private int _hashes;

    public IReadOnlyList<SimulatedBlock> Blocks => _blocks;

    /// <summary>Whether nothing of ours gets into a block for now.</summary>
    public bool IsFull { get; set; }

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>How many of the blocks are final.</summary>
    public int FinalCount { get; private set; }

    public ulong FinalHeight => _blocks[FinalCount - 1].Height;

    public IEnumerable<SimulatedLanding> Landings => _blocks.SelectMany(block => block.Landed);

    /// <summary>Where a transaction was, before its block was dropped.</summary>
    public IReadOnlyDictionary<Signature, ulong> Dropped => _dropped;

    public ulong LastValidHeight(Blockhash hash) => _heights.GetValueOrDefault(hash) + SettlingPlan.Life;

    public SimulatedLanding? Find(Signature signature) => Landings.FirstOrDefault(one => one.Signature == signature);

    public bool IsFinal(Signature signature) =>
        _blocks.Take(FinalCount).Any(block => block.Landed.Exists(one => one.Signature == signature));

    /// <summary>Whether it is in a block, or some block to come may still take it, whatever is dropped.</summary>
    public bool HasLandedOrCan(Transaction transaction)
    {
        var hash = transaction.Message.Lifetime;
        return Find(transaction.Id) is not null
            || (_blocks.Exists(block => block.Hash == hash) && LastValidHeight(hash) > FinalHeight);
    }

    public bool HasAccount(int wallet) => _tokens.ContainsKey(SettlingPlan.TokensOf(wallet));

    public TokenHolding? HoldingOf(int wallet) => _tokens.GetValueOrDefault(SettlingPlan.TokensOf(wallet));

    public void Change(int wallet, AccountChange what)
    {
        var account = SettlingPlan.TokensOf(wallet);
        switch (what)
        {
            case AccountChange.Spend when _tokens.TryGetValue(account, out var held):
                _tokens[account] = held with { Amount = 0 };
                break;
            case AccountChange.Close:
                _tokens.Remove(account);
                break;
            case AccountChange.GiveAway when _tokens.TryGetValue(account, out var given):
                _tokens[account] = given with { IsGivenAway = true };
                break;
            case AccountChange.Open:
                _tokens[account] = new(0, IsGivenAway: false);
                break;
        }
    }

    public void Submit(Transaction transaction) => _waiting.TryAdd(transaction.Id, transaction);

    public void Produce()
    {
        var slot = _blocks.Count == 0 ? 1 : _blocks[^1].Slot + (dice.Chance(8) ? 2UL : 1UL);
        var block = new SimulatedBlock(slot, (ulong)_blocks.Count, NextHash(), []);
        _heights[block.Hash] = block.Height;
        foreach (var transaction in _waiting.Values.ToList())
        {
            var hash = transaction.Message.Lifetime;
            if (Find(transaction.Id) is not null || LastValidHeight(hash) < block.Height || dice.Chance(12))
            {
                // There already, too old, or forgotten by a full leader.
                _waiting.Remove(transaction.Id);
            }
            else if (!IsFull && dice.Chance(3) && _blocks.Exists(other => other.Hash == hash))
            {
                _waiting.Remove(transaction.Id);
                block.Landed.Add(Land(transaction, slot));
            }
        }

        _blocks.Add(block);
        // What was final stays: dropping blocks does not make fewer of them final.
        FinalCount = Math.Max(FinalCount, _blocks.Count - SettlingPlan.FinalDepth);
    }

    /// <summary>Drops the last blocks, the final ones never.</summary>
    public void Fork(int blocks, bool isRelanded)
    {
        for (; blocks > 0 && _blocks.Count > FinalCount; blocks--)
        {
            var block = _blocks[^1];
            _blocks.RemoveAt(_blocks.Count - 1);
            foreach (var landing in block.Landed.AsEnumerable().Reverse())
            {
                Undo(landing);
                _dropped[landing.Signature] = block.Slot;
                if (isRelanded)
                {
                    _waiting.TryAdd(landing.Signature, landing.Transaction);
                }
            }
        }
    }

    private SimulatedLanding Land(Transaction transaction, ulong slot)
    {
        var keys = transaction.Message.StaticKeys;
        var before = Balances(keys);
        var undo = new Dictionary<PublicKey, TokenHolding>(_tokens);
        var moves = new List<(PublicKey, PublicKey, ulong)>();
        var made = new List<PublicKey>();
        TransactionError? failure = null;
        foreach (var (index, instruction) in transaction.Message.Instructions.Index())
        {
            failure ??= Run(transaction, index, instruction, moves, made);
        }

        if (failure is not null)
        {
            moves.Clear();
            made.Clear();
            _tokens.Clear();
            foreach (var (account, held) in undo)
            {
                _tokens[account] = held;
            }
        }

        var shown = new LandedTransaction(
            slot, [.. transaction.Serialize()], failure, 5_000, [], [], before, Balances(keys), null, null);
        return new(transaction, shown, moves, made);
    }

    private TransactionError.InstructionFailed? Run(
        Transaction transaction, int index, CompiledInstruction instruction,
        List<(PublicKey, PublicKey, ulong)> moves, List<PublicKey> made)
    {
        var keys = transaction.Message.StaticKeys;
        var program = keys[instruction.ProgramIndex];
        if (program == AssociatedTokenAccountProgram.ProgramId)
        {
            var account = keys[instruction.AccountIndexes[1]];
            if (_tokens.TryGetValue(account, out var there))
            {
                return there.IsGivenAway ? new(index, "IllegalOwner", null) : null;
            }

            _tokens[account] = new(0, IsGivenAway: false);
            made.Add(account);
        }
        else if (program == TokenProgram.ProgramId && instruction.Data[0] == TransferChecked)
        {
            var (from, to) = (keys[instruction.AccountIndexes[0]], keys[instruction.AccountIndexes[2]]);
            var amount = BinaryPrimitives.ReadUInt64LittleEndian(instruction.Data.AsSpan()[1..]);
            if (!_tokens.TryGetValue(to, out var held))
            {
                return new(index, "InvalidAccountData", null);
            }

            _tokens[from] = _tokens[from] with { Amount = _tokens[from].Amount - amount };
            _tokens[to] = held with { Amount = held.Amount + amount };
            moves.Add((from, to, amount));
        }

        return null;
    }

    // People may have spent or closed what they got: nothing is taken from them twice.
    private void Undo(SimulatedLanding landing)
    {
        foreach (var (from, to, amount) in landing.Moves)
        {
            _tokens[from] = _tokens[from] with { Amount = _tokens[from].Amount + amount };
            if (_tokens.TryGetValue(to, out var held))
            {
                _tokens[to] = held with { Amount = held.Amount - Math.Min(held.Amount, amount) };
            }
        }

        landing.Made.ForEach(account => _tokens.Remove(account));
    }

    private ImmutableArray<TokenBalance> Balances(ImmutableArray<PublicKey> keys) =>
    [
        .. keys.Index().Where(key => _tokens.ContainsKey(key.Item)).Select(key => new TokenBalance(
            key.Index, SettlingPlan.Mint, null, _tokens[key.Item].Amount)),
    ];

    private Blockhash NextHash()
    {
        var bytes = new byte[Blockhash.Length];
        BitConverter.TryWriteBytes(bytes, ++_hashes);
        return new(bytes);
    }
}

/// <param name="IsGivenAway">Somebody else may spend what is there.</param>
internal sealed record TokenHolding(ulong Amount, bool IsGivenAway);

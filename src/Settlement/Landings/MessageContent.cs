using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Settlement.Landings;

/// <summary>What a message asks for, as far as we ever ask for it ourselves.</summary>
/// <param name="Moves">Of tokens, in the order of their instructions.</param>
/// <param name="Memos">In order.</param>
/// <param name="HasOther">Something is in it that none of our own transactions has.</param>
public sealed record MessageContent(ImmutableArray<TokenMove> Moves, ImmutableArray<string> Memos, bool HasOther)
{
    // docs.rs/spl-token, TokenInstruction.
    private const byte MintTo = 7;
    private const byte Burn = 8;
    private const byte TransferChecked = 12;

    private const byte AmountLength = sizeof(ulong);
    private const byte CreateIdempotent = 1;
    private const uint AdvanceNonce = 4;

    /// <summary>Whether it asks for the plan and for nothing else. The order of the moves does not count.</summary>
    public bool Is(ActPlan plan)
    {
        ImmutableArray<string> memos = plan.Memo is { } text ? [text] : [];
        return !HasOther && Memos.SequenceEqual(memos) && AreSame(Moves, plan.Moves);
    }

    /// <param name="mint">Ours: what moves another token is something else.</param>
    public static MessageContent Of(Message message, PublicKey mint)
    {
        var moves = ImmutableArray.CreateBuilder<TokenMove>();
        var memos = ImmutableArray.CreateBuilder<string>();
        // We use no lookup tables; what stands in them is not in the bytes.
        var hasOther = message.Lookups.Length > 0;
        foreach (var instruction in message.Instructions)
        {
            var program = message.StaticKeys[instruction.ProgramIndex];
            if (program == TokenProgram.ProgramId && MoveOf(message, instruction, mint) is { } move)
            {
                moves.Add(move);
            }
            else if (program == MemoProgram.ProgramId)
            {
                memos.Add(Encoding.UTF8.GetString(instruction.Data.AsSpan()));
            }
            else
            {
                hasOther |= !MovesNothing(program, instruction);
            }
        }

        return new(moves.ToImmutable(), memos.ToImmutable(), hasOther);
    }

    private static bool MovesNothing(PublicKey program, CompiledInstruction instruction) =>
        program == ComputeBudgetProgram.ProgramId
        || (program == AssociatedTokenAccountProgram.ProgramId && instruction.Data is [CreateIdempotent])
        || (program == SystemProgram.ProgramId && instruction.Data.Length == sizeof(uint)
            && BinaryPrimitives.ReadUInt32LittleEndian(instruction.Data.AsSpan()) == AdvanceNonce);

    private static TokenMove? MoveOf(Message message, CompiledInstruction instruction, PublicKey mint)
    {
        var data = instruction.Data.AsSpan();
        var accounts = instruction.AccountIndexes;
        if (data.Length < 1 + AmountLength)
        {
            return null;
        }

        var amountMicro = BinaryPrimitives.ReadUInt64LittleEndian(data[1..]);
        return data[0] switch
        {
            TransferChecked when accounts.Length >= 4 && Key(1) == mint => new(Key(0), Key(2), amountMicro),
            MintTo when accounts.Length >= 3 && Key(0) == mint => new(null, Key(1), amountMicro),
            Burn when accounts.Length >= 3 && Key(1) == mint => new(Key(0), null, amountMicro),
            _ => null,
        };

        // A key out of a lookup table is none of ours.
        PublicKey? Key(int place) =>
            accounts[place] < message.StaticKeys.Length ? message.StaticKeys[accounts[place]] : null;
    }

    private static bool AreSame(ImmutableArray<TokenMove> left, ImmutableArray<TokenMove> right)
    {
        var counts = left.CountBy(move => move).ToDictionary();
        return left.Length == right.Length
            && right.CountBy(move => move).All(other => counts.GetValueOrDefault(other.Key) == other.Value);
    }
}

using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>From instructions to a message: each account once, with the most that any instruction asks of it.</summary>
internal static class MessageCompiler
{
    /// <exception cref="ArgumentException">A program is to be written or to pay, or there are too many accounts.</exception>
    public static Message Compile(
        MessageVersion version,
        PublicKey feePayer,
        Blockhash lifetime,
        IReadOnlyList<TransactionInstruction> instructions,
        IReadOnlyList<LookupTable> tables)
    {
        var roles = Roles(feePayer, instructions);
        var (staticAccounts, loaded) = Part(roles, tables);
        staticAccounts.Sort(ByRole);
        loaded.Sort(ByRole);

        var indexes = new Dictionary<PublicKey, byte>(roles.Count);
        if (roles.Count > Message.MostAccounts)
        {
            throw new ArgumentException(
                $"{roles.Count} accounts, and {Message.MostAccounts} are the most.", nameof(instructions));
        }

        foreach (var account in staticAccounts)
        {
            indexes.Add(account.Key, (byte)indexes.Count);
        }

        foreach (var account in loaded)
        {
            indexes.Add(account.Key, (byte)indexes.Count);
        }

        return new()
        {
            Version = version,
            SignerCount = staticAccounts.Count(account => account.IsSigner),
            ReadonlySignerCount = staticAccounts.Count(account => account.IsSigner && !account.IsWritable),
            ReadonlyOtherCount = staticAccounts.Count(account => !account.IsSigner && !account.IsWritable),
            StaticKeys = [.. staticAccounts.Select(account => account.Key)],
            Lifetime = lifetime,
            Instructions = [.. instructions.Select(instruction => Compile(instruction, indexes))],
            Lookups = Lookups(loaded),
        };
    }

    private static Dictionary<PublicKey, Role> Roles(
        PublicKey feePayer, IReadOnlyList<TransactionInstruction> instructions)
    {
        var roles = new Dictionary<PublicKey, Role>
        {
            [feePayer] = new() { IsFeePayer = true, IsSigner = true, IsWritable = true },
        };
        foreach (var instruction in instructions)
        {
            roles[instruction.ProgramId] = roles.GetValueOrDefault(instruction.ProgramId) with { IsProgram = true };
            foreach (var (key, isSigner, isWritable) in instruction.Keys)
            {
                var role = roles.GetValueOrDefault(key);
                roles[key] = role with
                {
                    IsSigner = role.IsSigner || isSigner,
                    IsWritable = role.IsWritable || isWritable,
                };
            }
        }

        foreach (var (key, role) in roles)
        {
            if (role is { IsProgram: true, IsWritable: true })
            {
                throw new ArgumentException(
                    role.IsFeePayer
                        ? $"Program {key} is called, so it cannot pay the fee."
                        : $"Program {key} is called, so it cannot be written.",
                    nameof(instructions));
            }
        }

        return roles;
    }

    private static (List<Placed> Static, List<Placed> Loaded) Part(
        Dictionary<PublicKey, Role> roles, IReadOnlyList<LookupTable> tables)
    {
        var (staticAccounts, loaded) = (new List<Placed>(roles.Count), new List<Placed>());
        var places = Places(tables);
        foreach (var (key, role) in roles)
        {
            // Whoever signs, and whatever is called, must stand in the message itself.
            if (!role.IsSigner && !role.IsProgram && places.TryGetValue(key, out var place))
            {
                loaded.Add(new(key, key.ToString(), role, place.Table.Address, place.Table.Address.ToString(), place.Index));
            }
            else
            {
                staticAccounts.Add(new(key, key.ToString(), role, default, "", 0));
            }
        }

        return (staticAccounts, loaded);
    }

    private static Dictionary<PublicKey, (LookupTable Table, byte Index)> Places(IReadOnlyList<LookupTable> tables)
    {
        var places = new Dictionary<PublicKey, (LookupTable, byte)>();
        foreach (var table in tables)
        {
            for (var index = 0; index < table.Addresses.Length; index++)
            {
                // The first table that has it, and its first place there.
                places.TryAdd(table.Addresses[index], (table, checked((byte)index)));
            }
        }

        return places;
    }

    private static int ByRole(Placed left, Placed right)
    {
        var byRank = left.Rank - right.Rank;
        var byTable = byRank != 0 ? byRank : AddressOrder.Compare(left.TableText, right.TableText);
        return byTable != 0 ? byTable : AddressOrder.Compare(left.Text, right.Text);
    }

    private static ImmutableArray<AddressTableLookup> Lookups(List<Placed> loaded) =>
        loaded.Count == 0
            ? []
            :
            [
                .. loaded.GroupBy(account => account.Table)
                    .OrderBy(table => table.First().TableText, Comparer<string>.Create(AddressOrder.Compare))
                    .Select(table => new AddressTableLookup(
                        table.Key,
                        [.. table.Where(account => account.IsWritable).Select(account => account.TableIndex)],
                        [.. table.Where(account => !account.IsWritable).Select(account => account.TableIndex)])),
            ];

    private static CompiledInstruction Compile(
        TransactionInstruction instruction, Dictionary<PublicKey, byte> indexes) =>
        new(
            indexes[instruction.ProgramId],
            [.. instruction.Keys.Select(account => indexes[account.PublicKey])],
            instruction.Data);

    private readonly record struct Role(bool IsFeePayer, bool IsProgram, bool IsSigner, bool IsWritable);

    private sealed record Placed(
        PublicKey Key, string Text, Role Role, PublicKey Table, string TableText, byte TableIndex)
    {
        public bool IsSigner => Role.IsSigner;

        public bool IsWritable => Role.IsWritable;

        public int Rank => (Role.IsFeePayer ? 0 : 8) + (IsSigner ? 0 : 2) + (IsWritable ? 0 : 1);
    }
}

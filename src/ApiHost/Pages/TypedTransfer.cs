using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Texts;

namespace Stk.ApiHost.Pages;

/// <summary>A transfer as it was typed: it is shown again as it was, whatever is wrong with it.</summary>
public sealed record TypedTransfer(string To, string Amount, string Note)
{
    /// <summary>What a form of it has, and what is kept where its session ends.</summary>
    internal static readonly ImmutableArray<string> Fields = ["to", "amount", "note", "key"];

    private const int AddressCharactersMax = 3_000;

    internal static TypedTransfer Of(Func<string, StringValues> fields) =>
        new(One(fields("to")).Trim(), One(fields("amount")).Trim(), One(fields("note")).Trim());

    /// <summary>Nothing stands where there is no note.</summary>
    internal string? NoteOrNone => Note.Length == 0 ? null : Note;

    /// <summary>Where the page of it is.</summary>
    internal string Address(string path, string? key = null) => QueryHelpers.AddQueryString(
        path,
        new (string Name, string? Value)[] { ("to", To), ("amount", Amount), ("note", Note), ("key", key) }
            .Where(field => !string.IsNullOrEmpty(field.Value))
            .Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>What the words themselves break, each beside its field.</summary>
    internal ImmutableArray<FieldFault> Check(string own, PageWords words, out Amount amount)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        if (To.Length == 0)
        {
            faults.Add(new("to", words["transfer.to.missing"]));
        }
        else if (To == own)
        {
            faults.Add(new("to", words["refusal.self-transfer"]));
        }
        else if (!ParticipantId.IsValid(To))
        {
            faults.Add(new("to", words["transfer.to.bad"]));
        }

        if (!TypedAmount.TryRead(Amount, out amount))
        {
            faults.Add(new("amount", words[Amount.Length == 0 ? "transfer.amount.missing" : "transfer.amount.bad"]));
        }

        if (Note.Length > 0 && WrittenText.Broken(Note, WrittenText.MaxNoteCharacters) is not null)
        {
            faults.Add(new("note", words.Say(
                "transfer.note.bad", [("n", words.Number(WrittenText.MaxNoteCharacters))])));
        }
        else if (Address("").Length > AddressCharactersMax)
        {
            // The page that checks it has it in its address.
            faults.Add(new("note", words["transfer.note.long"]));
        }

        return faults.ToImmutable();
    }

    private static string One(StringValues values) => values.Count == 1 ? values[0] ?? "" : "";
}

/// <param name="Field">Null where it is of no one field.</param>
public sealed record FieldFault(string? Field, string Text);

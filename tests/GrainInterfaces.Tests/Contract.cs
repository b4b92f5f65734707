using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Stk.GrainInterfaces.Tests;

/// <summary>
/// What two builds must agree on while they run side by side, a line each: which alias means which type, which Id means
/// which member, which method alias takes and gives what, and under which names coordinators' state is stored.
/// </summary>
public static class Contract
{
    public static ImmutableSortedSet<string> Of(params IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .SelectMany(type => type.IsInterface ? Methods(type) : Members(type).Concat(Stored(type)))
            .ToImmutableSortedSet(StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is null || AliasOf(type) is not { } alias)
        {
            yield break;
        }

        yield return $"type {alias}";
        const BindingFlags Own =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Own))
        {
            if (member.GetCustomAttribute<IdAttribute>() is { } id)
            {
                var of = member switch
                {
                    PropertyInfo property => property.PropertyType,
                    FieldInfo field => field.FieldType,
                    _ => throw new InvalidOperationException($"{member} has an Id and no value"),
                };
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"member {alias} {id.Id} {member.Name}: {NameOf(of)}");
            }
        }
    }

    private static IEnumerable<string> Methods(Type type)
    {
        if (AliasOf(type) is not { } alias)
        {
            yield break;
        }

        yield return $"interface {alias}";
        foreach (var method in type.GetMethods())
        {
            var parameters = string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));
            var name = AliasOf(method)
                ?? throw new InvalidOperationException($"{type.Name}.{method.Name} has no alias: a rename would break an upgrade");
            yield return $"method {alias} {name}({parameters}): {NameOf(method.ReturnType)}";
        }
    }

    // A grain's states: each has a name in the storage, and so has each of its members, whatever they are called in C#.
    private static IEnumerable<string> Stored(Type grain) =>
        from constructor in grain.GetConstructors()
        from parameter in constructor.GetParameters()
        let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where state is not null
        from member in parameter.ParameterType.GetGenericArguments().Single().GetProperties()
        where member.GetCustomAttribute<JsonIgnoreAttribute>() is null
        let name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
            ?? throw new InvalidOperationException($"{member} is stored without a name of its own: a rename would lose it")
        select $"stored {state.StateName} {name}: {NameOf(member.PropertyType)}";

    // Its own: a case of a closed set has an alias beside its base's.
    private static string? AliasOf(MemberInfo member) =>
        member.GetCustomAttributes<AliasAttribute>(inherit: false).SingleOrDefault()?.Alias;

    // By alias where there is one: a type may be renamed in C#, and not on the wire.
    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{NameOf(value)}?"
        : type.IsArray ? $"{NameOf(type.GetElementType()!)}[]"
        : type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : AliasOf(type) ?? type.Name;
}

using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Operators;

/// <summary>The register, and pages for operators. What the topic brings beside its endpoints.</summary>
internal static class OperatorTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Operators";

    private static RegisterItem Entry => new(
        "olga", "stk", "operator", "Olga Petrova", "olga-p", Sample.At, null, InForce: true, Sample.At, "configuration",
        null, null, Confirmed: true);

    public static Topic Topic => new(
        OperatorJson.Default, new(Tag, "Who acts as an operator or auditor, and which person each is."))
    {
        Problems = OperatorProblems.All,
        Examples =
        [
            Entry,
            new RegisterView([Entry]),
            new AddOperatorBody("oleg", "operator", "Oleg Ivanov", "on duty from January on", null, "oleg-i"),
            new EndOperatorBody("oleg", "operator", "has left"),
            new ConfirmOperatorBody("oleg", "he is who he was"),
        ],
    };
}

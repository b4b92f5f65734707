using System.Globalization;
using System.Reflection;
using Stk.Grains.Activity;
using Stk.Grains.Services;
using Stk.Grains.Treasury;
using Stk.Ledger.Accounts;
using Stk.Ledger.Sql;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.Services;
using Stk.Rules.Treasury;
using Xunit;

namespace Stk.Grains.Tests;

/// <summary>The numbers that stand in constant SQL, against the enums whose they are.</summary>
public sealed class SqlConstantsTests
{
    [Theory]
    [InlineData(typeof(SqlAccounts), typeof(AccountKind))]
    [InlineData(typeof(SqlTransactions), typeof(TransactionKind))]
    [InlineData(typeof(SqlOutcomes), typeof(EventOutcome))]
    [InlineData(typeof(SqlFundSpends), typeof(FundSpendState))]
    [InlineData(typeof(SqlServiceStates), typeof(ServiceState))]
    public void Each_value_of_an_enum_has_its_number_in_SQL(Type constants, Type numbers) => Assert.Equal(
        Enum.GetValues(numbers).Cast<object>()
            .Select(value => $"{value} = {Convert.ToInt32(value, CultureInfo.InvariantCulture)}"),
        constants.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"{field.Name} = {field.GetRawConstantValue()}"));
}

namespace Stk.Reports.Statements;

/// <summary>Which form a Russian noun takes beside a number.</summary>
public static class RussianPlural
{
    /// <param name="one">Beside 1, 21, 101: <c>балл</c>.</param>
    /// <param name="few">Beside 2, 3, 4, 22, and beside any fraction: <c>балла</c>.</param>
    /// <param name="many">Beside 0, 5, 11, 12, 111: <c>баллов</c>.</param>
    public static string Of(decimal number, string one, string few, string many)
    {
        var size = Math.Abs(number);
        if (size != decimal.Truncate(size))
        {
            return few;
        }

        var tens = (int)(size % 100);
        return tens is >= 11 and <= 14 ? many : (tens % 10) switch
        {
            1 => one,
            2 or 3 or 4 => few,
            _ => many,
        };
    }
}

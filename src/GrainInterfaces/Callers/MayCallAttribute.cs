namespace Stk.GrainInterfaces.Callers;

/// <summary>
/// Lets a method be called from outside the silos, by these. A method without it is for the silos alone: whatever is new is
/// closed until somebody says otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MayCallAttribute(CallerRoles who) : Attribute
{
    public CallerRoles Who => who;
}

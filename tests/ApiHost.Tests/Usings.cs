global using Stk.Testing;
global using Xunit;

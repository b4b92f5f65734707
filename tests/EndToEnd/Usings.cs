global using System.Net;
global using Stk.EndToEnd.Clients;
global using Stk.EndToEnd.Economies;
global using Stk.Testing;
global using Stk.Testing.Economies;
global using Stk.Testing.Runs;
global using Xunit;

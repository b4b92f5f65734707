return Stk.Simulation.Histories.LongRun.Start(args);

using Benchmarks;
using Benchmarks.Startup;

return StartupChild.TryRun(args) ? 0 : BenchmarkCommand.Run(args);

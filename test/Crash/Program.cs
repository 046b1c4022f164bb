using Crash.Options;

return await CommandLine.Build().Parse(args).InvokeAsync();

using Fuzz.Options;

return await FuzzCommand.Build().Parse(args).InvokeAsync();

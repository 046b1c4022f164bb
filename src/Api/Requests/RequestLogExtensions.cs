namespace Api.Requests;

internal static class RequestLogExtensions
{
    public static void AddRequestLog(this IServiceCollection services)
    {
        services.AddSingleton<RequestQueue>();
        services.AddSingleton<TryBudget>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<RequestLogWriter>();
        services.AddHostedService(s => s.GetRequiredService<RequestLogWriter>());
    }
}

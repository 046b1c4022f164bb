namespace Api.Explorer;

/// <summary>The OpenAPI document of the SCIM endpoints.</summary>
internal static class ScimDocument
{
    public static Task Write(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(ExplorerFile.Scim.Value!.Bytes).AsTask();
    }
}

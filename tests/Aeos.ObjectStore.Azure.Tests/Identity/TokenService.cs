using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.ObjectStore.Azure.Tests.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Azure.Tests.Identity;

/// <summary>
/// Issues tokens as Microsoft Entra does for service principals and workload identities, over https, and as a node's metadata service
/// does for managed identities, over http. Azurite takes them: it checks their times, issuer and audience.
/// </summary>
internal sealed class TokenService : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<TokenRequest> _requests = new();

    private TokenService(WebApplication server) => _server = server;

    /// <summary>How long a token lives.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>When set, every request for a token is refused with this error.</summary>
    public string? Refusal { get; set; }

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<TokenRequest> Requests => [.. _requests];

    public Uri Authority => Address("https");

    public Uri Metadata => Address("http");

    public static async Task<TokenService> StartAsync(TestAuthority tls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(tls.Server));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var service = new TokenService(builder.Build());
        service._server.Run(service.AnswerAsync);
        await service._server.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private Uri Address(string scheme) => new(
        _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Single(address => address.StartsWith(scheme + ":", StringComparison.Ordinal)));

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var isMetadata = path == "/metadata/identity/oauth2/token";
        if (!isMetadata && !path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 404;
            return;
        }

        var values = isMetadata
            ? http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())
            : (await http.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        _requests.Enqueue(new TokenRequest(path, values, http.Request.Headers["Metadata"].ToString()));
        if (Refusal is { } refusal)
        {
            http.Response.StatusCode = 400;
            await AnswerAsync(http, new JsonObject { ["error"] = "invalid_request", ["error_description"] = refusal });
            return;
        }

        var expires = DateTimeOffset.UtcNow + Lifetime;
        var answer = new JsonObject { ["token_type"] = "Bearer", ["access_token"] = Token(expires), ["resource"] = "https://storage.azure.com" };
        if (isMetadata)
        {
            answer["expires_on"] = $"{expires.ToUnixTimeSeconds()}";
        }
        else
        {
            answer["expires_in"] = (int)Lifetime.TotalSeconds;
        }

        await AnswerAsync(http, answer);
    }

    private static Task AnswerAsync(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer.ToJsonString());
    }

    private static string Token(DateTimeOffset expires)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return string.Join('.', Part(new JsonObject { ["alg"] = "none", ["typ"] = "JWT" }), Part(new JsonObject
        {
            ["iss"] = "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
            ["aud"] = "https://storage.azure.com",
            ["oid"] = "66666666-7777-8888-9999-000000000000",
            ["tid"] = "11111111-2222-3333-4444-555555555555",
            ["iat"] = now - 60,
            ["nbf"] = now - 60,
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString(),
        }), "bm9uZQ");
    }

    private static string Part(JsonObject part) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

using System.Security.Cryptography;
using System.Text;
using Aeos.Embedded.Errors;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Security;

/// <summary>Lets in whoever has the bearer token or a client certificate of the cluster's authority; everybody where neither is asked for.</summary>
internal sealed class Authentication(string? token, bool clientCertificates)
{
    private volatile string? _token = token;

    public string? Token
    {
        get => _token;
        set => _token = value;
    }

    public void Check(HttpContext context)
    {
        if ((_token is null && !clientCertificates)
            || HasToken(context.Request)
            || (clientCertificates && context.Connection.ClientCertificate is not null))
        {
            return;
        }

        throw ApiError.Unauthorized();
    }

    private bool HasToken(HttpRequest request) => _token is { } expected && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()),
        Encoding.UTF8.GetBytes("Bearer " + expected));
}

using System.Text;

namespace Aeos.ObjectStore.Azure;

/// <summary>Where one container's blobs are: the account's blob service, used whole with its path, and the container's name.</summary>
internal sealed class BlobEndpoint
{
    /// <summary>Names a container of an account.</summary>
    /// <param name="service">The blob service: <c>https://account.blob.core.windows.net</c>, or with a path as Azurite has it.</param>
    /// <param name="account">The storage account's name.</param>
    /// <param name="container">The container's name.</param>
    public BlobEndpoint(Uri service, string account, string container)
    {
        Service = new Uri(service.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        Account = account;
        Container = container;
        ContainerUri = new Uri(Service, container);
    }

    /// <summary>The blob service, ending in a slash.</summary>
    public Uri Service { get; }

    /// <summary>The storage account.</summary>
    public string Account { get; }

    /// <summary>The container.</summary>
    public string Container { get; }

    /// <summary>The container's URL.</summary>
    public Uri ContainerUri { get; }

    /// <summary>False for plain http: nothing protects a request's bytes on their way then.</summary>
    public bool IsSecure => Service.Scheme == Uri.UriSchemeHttps;

    /// <summary>A blob's URL: every byte of its name escaped but the unreserved ones and the slash.</summary>
    public Uri BlobUri(string key)
    {
        var url = new StringBuilder(ContainerUri.AbsoluteUri);
        foreach (var segment in key.Split('/'))
        {
            url.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return new Uri(url.ToString());
    }

    /// <summary>Names the place in an error's text.</summary>
    public override string ToString() => $"container \"{Container}\" of storage account \"{Account}\"";
}

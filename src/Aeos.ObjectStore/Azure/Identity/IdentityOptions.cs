using Azure.Core.Pipeline;
using Azure.Identity;

namespace Aeos.ObjectStore.Azure.Identity;

/// <summary>Azure.Identity's settings that all kinds of credential share.</summary>
internal static class IdentityOptions
{
    /// <summary>Makes options with them.</summary>
    public static T For<T>(AzureSettings settings, HttpPipelineTransport transport)
        where T : TokenCredentialOptions, new()
    {
        var options = new T();
        Apply(options, settings, transport);
        return options;
    }

    /// <summary>Sets them.</summary>
    public static void Apply(TokenCredentialOptions options, AzureSettings settings, HttpPipelineTransport transport)
    {
        options.AuthorityHost = settings.Authority;
        options.Transport = transport;
        options.IsUnsafeSupportLoggingEnabled = false;
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        // A token service that is there answers at once; on a machine without a managed identity nobody answers at all.
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
    }
}

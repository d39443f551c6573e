using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Configuration;

/// <summary>Reads a file that a kubeconfig refers to; a failure names the entry that refers to it.</summary>
internal static class ConfigurationFile
{
    public static string ReadText(string path, string referredBy)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesException(
                $"{referredBy}: {path} cannot be read ({failure.Message.TrimEnd('.')})",
                "Correct the path (a relative one counts from the kubeconfig's folder), or let this user read the file.");
        }
    }
}

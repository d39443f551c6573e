namespace Aeos.Kubernetes.Errors;

/// <summary>
/// The API server refused a request or failed at it. The predicates decide as client-go's do: by the reason, and by the code where the
/// server gave no reason.
/// </summary>
public sealed class KubernetesApiException : KubernetesException
{
    private const int LongestMessage = 1000;

    /// <summary>Makes the error for one request.</summary>
    /// <param name="request">What was asked, such as <c>GET /api/v1/pods</c>: never with a body.</param>
    /// <param name="status">What the server answered.</param>
    /// <param name="innerException">The failure beneath, if there was one.</param>
    public KubernetesApiException(string request, KubernetesStatus status, Exception? innerException = null)
        : base(Describe(request, status), Advise(status), innerException)
    {
        Request = request;
        Status = status;
    }

    /// <summary>What was asked, such as <c>GET /api/v1/pods</c>.</summary>
    public string Request { get; }

    /// <summary>What the server answered.</summary>
    public KubernetesStatus Status { get; }

    /// <summary>The HTTP status code.</summary>
    public int Code => Status.Code;

    /// <summary>The object, or the kind of object, is not there.</summary>
    public bool IsNotFound => Is("NotFound", 404);

    /// <summary>An object of this name exists already.</summary>
    public bool IsAlreadyExists => Status.Reason == "AlreadyExists";

    /// <summary>Someone else changed the object in between.</summary>
    public bool IsConflict => Is("Conflict", 409);

    /// <summary>A list's token or a watch's version is too old: list anew.</summary>
    public bool IsGone => Status.Code == 410 || Status.Reason is "Gone" or "Expired";

    /// <summary>The object's fields were refused by validation.</summary>
    public bool IsInvalid => Is("Invalid", 422);

    /// <summary>The request itself was malformed, or its object was.</summary>
    public bool IsBadRequest => Is("BadRequest", 400);

    /// <summary>The user may not do this.</summary>
    public bool IsForbidden => Is("Forbidden", 403);

    /// <summary>The server does not know who asks.</summary>
    public bool IsUnauthorized => Is("Unauthorized", 401);

    /// <summary>The resource has no such verb.</summary>
    public bool IsMethodNotSupported => Is("MethodNotAllowed", 405);

    /// <summary>The object is larger than the server takes.</summary>
    public bool IsTooLarge => Is("RequestEntityTooLarge", 413);

    /// <summary>The server does not take this kind of patch, or this format.</summary>
    public bool IsUnsupportedMediaType => Is("UnsupportedMediaType", 415);

    /// <summary>The server asks for fewer requests, after all retries.</summary>
    public bool IsTooManyRequests => Status.Code == 429 || Status.Reason == "TooManyRequests";

    /// <summary>The server gave up on its own side, or the outcome is unknown.</summary>
    public bool IsTimeout => Status.Code == 504 || Status.Reason is "Timeout" or "ServerTimeout";

    /// <summary>The server, or one that it stands on, is away.</summary>
    public bool IsUnavailable => Is("ServiceUnavailable", 503);

    /// <summary>Something broke in the server, or in a webhook that it called.</summary>
    public bool IsInternalError => Is("InternalError", 500);

    /// <summary>The namespace is being deleted and takes no new objects.</summary>
    public bool IsNamespaceTerminating => HasCause("NamespaceTerminating");

    /// <summary>Whether one of the causes has this reason.</summary>
    /// <param name="reason">The machine-readable cause, such as <c>FieldValueInvalid</c>.</param>
    public bool HasCause(string reason) => Status.Causes.Any(cause => cause.Reason == reason);

    private bool Is(string reason, int code) => Status.Reason == reason || (Status.Reason.Length == 0 && Status.Code == code);

    private static string Describe(string request, KubernetesStatus status)
    {
        var message = status.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        if (message.Length > LongestMessage)
        {
            message = message[..LongestMessage] + "...";
        }

        var reason = status.Reason.Length == 0 ? $"{status.Code}" : $"{status.Code} {status.Reason}";
        return message.Length == 0 ? $"{request} was answered with {reason}" : $"{request} was answered with {reason}: {message}";
    }

    private static string Advise(KubernetesStatus status) => status.Code switch
    {
        401 => "Renew the credentials of the kubeconfig's user, or choose another context.",
        403 => "Give the user a role that allows this verb on this resource (kubectl auth can-i shows what it has), or choose another context.",
        404 => "Check the name and the namespace, and that the cluster serves this resource.",
        409 when status.Reason == "AlreadyExists" => "Choose another name, or delete the one that is there.",
        409 => "Read the object again and repeat the change on its newest version.",
        410 => "List the resource anew.",
        413 => "Make the object smaller: the server's limit is about 3 MiB.",
        422 => "Correct the fields that the message names.",
        429 => "Lower --client-qps, or try again when the server is less busy.",
        >= 500 => "Try again, and look into the API server's log when it stays so.",
        _ => "Correct the request as the message says.",
    };
}

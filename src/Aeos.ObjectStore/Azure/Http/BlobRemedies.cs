namespace Aeos.ObjectStore.Azure.Http;

/// <summary>What to do about the service's error codes ("Blob service error codes" and "Common REST API error codes" in its REST reference).</summary>
internal static class BlobRemedies
{
    /// <summary>One line for a person.</summary>
    /// <param name="code">The service's error code; empty when it gave none.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="endpoint">The place that was asked.</param>
    public static string For(string code, int status, BlobEndpoint endpoint) => code switch
    {
        "AuthenticationFailed" =>
            "Check that AZURE_STORAGE_ACCOUNT_ACCESS_KEY is a key of this storage account and that this machine's clock is right (15 minutes are the limit).",
        "InvalidAuthenticationInfo" =>
            "The token or signature is not for this storage account: check storageAccount, AZURE_TENANT_ID and AZURE_CLOUD_NAME.",
        "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" =>
            "Give the identity the role \"Storage Blob Data Contributor\" on the storage account or the container; a new assignment takes some minutes.",
        "AuthorizationFailure" =>
            "Check the account key or the identity's roles. When they are right, the storage account's networking settings may keep this address out.",
        "AuthorizationProtocolMismatch" or "AccountRequiresHttps" =>
            "The storage account takes https only: change storageAccountURI.",
        "KeyBasedAuthenticationNotPermitted" =>
            "The storage account refuses account keys: remove AZURE_STORAGE_ACCOUNT_ACCESS_KEY and use a managed identity, workload identity or service principal.",
        "ContainerNotFound" =>
            $"Create the container (az storage container create --account-name {endpoint.Account} --name {endpoint.Container} --auth-mode login), "
            + "or correct the bucket's name.",
        "ContainerBeingDeleted" => "The container is being deleted: wait until that is done, then create it again.",
        "ContainerDisabled" or "AccountIsDisabled" => "An administrator of the subscription has to enable it again.",
        "ResourceNotFound" or "InvalidUri" => "Check storageAccount and storageAccountURI.",
        "ServerBusy" or "OperationTimedOut" or "InternalError" => "The service is overloaded or in trouble: try again later.",
        "BlobImmutableDueToPolicy" => "The container has an immutability policy or a legal hold: objects can be changed or deleted once it ends.",
        "BlobArchived" or "BlobBeingRehydrated" => "The blob is in the archive tier: set its tier to Hot or Cool, and wait until that is done.",
        "BlobUsesCustomerSpecifiedEncryption" =>
            "The Go plugin wrote this blob under a customer-provided key: read it with that plugin; a later version of this one reads it.",
        "LeaseIdMissing" or "LeaseIdMismatchWithBlobOperation" => "Another program holds a lease on the blob: release or break it.",
        "SnapshotsPresent" => "The blob has snapshots: delete them first.",
        "InvalidBlobOrBlock" =>
            "Another program left an unfinished upload under this name: upload any small blob there and delete it, or wait a week until Azure drops it.",
        "InvalidBlockList" => "Another writer completed the same object meanwhile: write it again from its beginning.",
        "BlockCountExceedsLimit" or "RequestBodyTooLarge" => "Set blockSizeInBytes to a value that fits the object.",
        "EncryptionScopeNotFound" or "InvalidEncryptionScope" =>
            "Check AZURE_STORAGE_ACCOUNT_ENCRYPTION_SCOPE against the storage account's encryption scopes.",
        _ when status is 401 or 403 => "Check the credentials, and which roles the identity has on the storage account.",
        _ when status is 407 => "The proxy wants to be logged in to: check HTTPS_PROXY.",
        _ when status is 429 or >= 500 => "Try again later.",
        _ => $"Check {endpoint.Service}, the container and the credentials; give the request id to Azure's support if all is as it should be.",
    };
}

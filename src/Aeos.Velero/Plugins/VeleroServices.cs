using Aeos.GoPlugin;
using Aeos.GoPlugin.Grpc;

namespace Aeos.Velero.Plugins;

/// <summary>The services that Velero's plugins offer, and its handshake (vmware-tanzu/velero, pkg/plugin/framework).</summary>
public static class VeleroServices
{
    private const string ObjectStore = "generated.ObjectStore";

    /// <summary>Velero's handshake, protocol version 2 (pkg/plugin/framework/common/handshake.go).</summary>
    public static HandshakeConfig Handshake { get; } = new("VELERO_PLUGIN", "hello", [2]);

    /// <summary>The kind of an object store in a <see cref="PluginIdentifier"/>.</summary>
    public const string ObjectStoreKind = "ObjectStore";

    /// <summary>Lists what a process offers.</summary>
    public static GrpcMethod<Empty, ListPluginsResponse> ListPlugins { get; } =
        new("generated.PluginLister", "ListPlugins", Empty.Parser, ListPluginsResponse.Parser);

    /// <summary>Prepares a location.</summary>
    public static GrpcMethod<ObjectStoreInitRequest, Empty> Init { get; } = new(ObjectStore, "Init", ObjectStoreInitRequest.Parser, Empty.Parser);

    /// <summary>Stores an object: a stream in.</summary>
    public static GrpcMethod<PutObjectRequest, Empty> PutObject { get; } = new(ObjectStore, "PutObject", PutObjectRequest.Parser, Empty.Parser);

    /// <summary>Asks whether an object is there.</summary>
    public static GrpcMethod<ObjectExistsRequest, ObjectExistsResponse> ObjectExists { get; } =
        new(ObjectStore, "ObjectExists", ObjectExistsRequest.Parser, ObjectExistsResponse.Parser);

    /// <summary>Reads an object: a stream out.</summary>
    public static GrpcMethod<GetObjectRequest, Bytes> GetObject { get; } = new(ObjectStore, "GetObject", GetObjectRequest.Parser, Bytes.Parser);

    /// <summary>Lists "folders".</summary>
    public static GrpcMethod<ListCommonPrefixesRequest, ListCommonPrefixesResponse> ListCommonPrefixes { get; } =
        new(ObjectStore, "ListCommonPrefixes", ListCommonPrefixesRequest.Parser, ListCommonPrefixesResponse.Parser);

    /// <summary>Lists keys.</summary>
    public static GrpcMethod<ListObjectsRequest, ListObjectsResponse> ListObjects { get; } =
        new(ObjectStore, "ListObjects", ListObjectsRequest.Parser, ListObjectsResponse.Parser);

    /// <summary>Deletes an object.</summary>
    public static GrpcMethod<DeleteObjectRequest, Empty> DeleteObject { get; } = new(ObjectStore, "DeleteObject", DeleteObjectRequest.Parser, Empty.Parser);

    /// <summary>Makes a URL for an object.</summary>
    public static GrpcMethod<CreateSignedURLRequest, CreateSignedURLResponse> CreateSignedUrl { get; } =
        new(ObjectStore, "CreateSignedURL", CreateSignedURLRequest.Parser, CreateSignedURLResponse.Parser);
}

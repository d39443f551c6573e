using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Exec;
using Aeos.Embedded.Json;
using Aeos.Embedded.Patching;
using Aeos.Embedded.Reading;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>Carries out requests for resources: finds the verb that method and path mean, and calls what does it.</summary>
internal sealed class ResourceHandler(ResourceCatalog catalog, ObjectReader reader, ObjectWriter writer, WatchHandler watches, ExecHandler exec)
{
    public async Task HandleAsync(HttpContext context, RequestPath path)
    {
        var type = catalog.Find(path.Group, path.Version, path.Resource) ?? throw ApiError.PageNotFound();
        if (path.Namespace is not null && !type.Namespaced)
        {
            throw ApiError.PageNotFound();
        }

        var query = new RequestQuery(context.Request.Query);
        if (path.Subresource is not null)
        {
            await HandleSubresourceAsync(context, type, path, query).ConfigureAwait(false);
        }
        else if (path.Name is null)
        {
            await HandleCollectionAsync(context, type, path, query).ConfigureAwait(false);
        }
        else
        {
            await HandleObjectAsync(context, type, path, query).ConfigureAwait(false);
        }
    }

    private async Task HandleCollectionAsync(HttpContext context, ResourceType type, RequestPath path, RequestQuery query)
    {
        var here = path.Namespace is not null || !type.Namespaced;
        switch (context.Request.Method)
        {
            case "GET" when query.Watch && Can(type, "watch"):
                var selection = query.Selection(type, path.Namespace);
                var request = new WatchRequest(selection, query.ResourceVersion, query.Bookmarks, query.InitialEvents, query.Timeout);
                await watches.HandleAsync(context, type, path.Version, request).ConfigureAwait(false);
                break;
            case "GET" when Can(type, "list"):
                await ObjectResponse.WriteAsync(context, reader.List(type, query.List(type, path.Namespace)), type, path.Version).ConfigureAwait(false);
                break;
            case "POST" when here && type.IsVirtual:
                var question = await ReadObjectAsync(context, type, path.Version).ConfigureAwait(false);
                question["status"] = new JsonObject { ["allowed"] = true, ["reason"] = "nobody is kept from anything here" };
                await ObjectResponse.WriteAsync(context, 201, question).ConfigureAwait(false);
                break;
            case "POST" when here && Can(type, "create"):
                var node = await ReadObjectAsync(context, type, path.Version).ConfigureAwait(false);
                var created = writer.Create(type, path.Namespace, node, Options(context, query));
                await ObjectResponse.WriteAsync(context, 201, created, type, path.Version).ConfigureAwait(false);
                break;
            case "DELETE" when here && Can(type, "deletecollection"):
                await DeleteAllAsync(context, type, path, query).ConfigureAwait(false);
                break;
            default:
                throw ApiError.MethodNotAllowed();
        }
    }

    private async Task HandleObjectAsync(HttpContext context, ResourceType type, RequestPath path, RequestQuery query)
    {
        var (ns, name) = Place(type, path);
        switch (context.Request.Method)
        {
            case "GET" when Can(type, "get"):
                await ObjectResponse.WriteAsync(context, 200, reader.Get(type, ns, name, query.ResourceVersion), type, path.Version).ConfigureAwait(false);
                break;
            case "PUT" when Can(type, "update"):
                var node = await ReadObjectAsync(context, type, path.Version).ConfigureAwait(false);
                if (node.Child("metadata").Filled("name") is null)
                {
                    throw ApiError.BadRequest($"the name of the object () does not match the name on the URL ({name})");
                }

                var updated = writer.Update(type, ns, name, _ => node, Options(context, query));
                await ObjectResponse.WriteAsync(context, 200, updated, type, path.Version).ConfigureAwait(false);
                break;
            case "PATCH" when Can(type, "patch"):
                await PatchAsync(context, type, path, query, null).ConfigureAwait(false);
                break;
            case "DELETE" when Can(type, "delete"):
                var options = DeleteOptions.From(await ReadOptionalAsync(context).ConfigureAwait(false), query.DeleteOptions);
                var (last, gone) = writer.Delete(type, ns, name, options);
                await (gone
                    ? ObjectResponse.WriteAsync(context, 200, Deleted(type, last))
                    : ObjectResponse.WriteAsync(context, 200, last, type, path.Version)).ConfigureAwait(false);
                break;
            default:
                throw ApiError.MethodNotAllowed();
        }
    }

    private async Task HandleSubresourceAsync(HttpContext context, ResourceType type, RequestPath path, RequestQuery query)
    {
        var (ns, name) = Place(type, path);
        switch (path.Subresource, context.Request.Method)
        {
            case ("status", "GET") when type.HasStatus:
                await ObjectResponse.WriteAsync(context, 200, reader.Get(type, ns, name, null), type, path.Version).ConfigureAwait(false);
                break;
            case ("status", "PUT") when type.HasStatus:
            case ("finalize", "PUT") when type.Plural == "namespaces":
                var node = await ReadObjectAsync(context, type, path.Version).ConfigureAwait(false);
                var updated = writer.Update(type, ns, name, _ => node, Options(context, query) with { Subresource = path.Subresource });
                await ObjectResponse.WriteAsync(context, 200, updated, type, path.Version).ConfigureAwait(false);
                break;
            case ("status", "PATCH") when type.HasStatus:
                await PatchAsync(context, type, path, query, "status").ConfigureAwait(false);
                break;
            case ("exec", "GET" or "POST") when type.QualifiedName == "pods":
                await exec.HandleAsync(context, reader.Get(type, ns, name, null), query).ConfigureAwait(false);
                break;
            case ("eviction", "POST") when type.QualifiedName == "pods":
                writer.Delete(type, ns, name, new DeleteOptions { DryRun = query.DryRun });
                await ObjectResponse.WriteAsync(context, 201, Success()).ConfigureAwait(false);
                break;
            case ("token", "POST") when type.QualifiedName == "serviceaccounts":
                var account = reader.Get(type, ns, name, null);
                var asked = await ReadOptionalAsync(context).ConfigureAwait(false) ?? [];
                asked["status"] = new JsonObject
                {
                    ["token"] = $"embedded.{account.Namespace}.{account.Name}.{account.Uid:N}",
                    ["expirationTimestamp"] = "2099-01-01T00:00:00Z",
                };
                await ObjectResponse.WriteAsync(context, 201, asked).ConfigureAwait(false);
                break;
            default:
                throw ApiError.PageNotFound();
        }
    }

    private async Task PatchAsync(HttpContext context, ResourceType type, RequestPath path, RequestQuery query, string? subresource)
    {
        var (ns, name) = Place(type, path);
        var patch = Patch.Read(context.Request.ContentType ?? "", await RequestBody.ReadAsync(context).ConfigureAwait(false), type);
        var options = Options(context, query) with { Subresource = subresource, IsPatch = true };
        if (patch.Applied is { } applied)
        {
            if (query.FieldManager is null)
            {
                throw ApiError.Unprocessable("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
            }

            RequestBody.CheckKind(applied, type, path.Version);
            options = options with { Operation = "Apply" };
            if (subresource is null && !Exists(type, ns, name))
            {
                applied.Metadata()["name"] = name;
                var created = writer.Create(type, ns, applied, options);
                await ObjectResponse.WriteAsync(context, 201, created, type, path.Version).ConfigureAwait(false);
                return;
            }
        }

        var updated = writer.Update(type, ns, name, patch.ApplyTo, options);
        await ObjectResponse.WriteAsync(context, 200, updated, type, path.Version).ConfigureAwait(false);
    }

    private async Task DeleteAllAsync(HttpContext context, ResourceType type, RequestPath path, RequestQuery query)
    {
        var options = DeleteOptions.From(await ReadOptionalAsync(context).ConfigureAwait(false), query.DeleteOptions);
        var page = reader.List(type, query.List(type, path.Namespace));
        foreach (var item in page.Items)
        {
            try
            {
                writer.Delete(type, item.Namespace, item.Name, options);
            }
            catch (ApiError e) when (e.Code == StatusCodes.Status404NotFound)
            {
                // Somebody else was faster.
            }
        }

        await ObjectResponse.WriteAsync(context, page, type, path.Version).ConfigureAwait(false);
    }

    private bool Exists(ResourceType type, string? ns, string name)
    {
        try
        {
            reader.Get(type, ns, name, null);
            return true;
        }
        catch (ApiError e) when (e.Code == StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    private static bool Can(ResourceType type, string verb) => type.Verbs.Contains(verb);

    private static (string? Namespace, string Name) Place(ResourceType type, RequestPath path) =>
        type.Namespaced == (path.Namespace is not null) ? (path.Namespace, path.Name!) : throw ApiError.PageNotFound();

    private static async Task<JsonObject> ReadObjectAsync(HttpContext context, ResourceType type, string version)
    {
        var node = await RequestBody.ReadObjectAsync(context).ConfigureAwait(false);
        RequestBody.CheckKind(node, type, version);
        return node;
    }

    private static async Task<JsonObject?> ReadOptionalAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        return body.Length == 0 ? null : JsonText.ParseObject(body);
    }

    private static WriteOptions Options(HttpContext context, RequestQuery query) => new()
    {
        DryRun = query.DryRun,
        Manager = query.FieldManager ?? context.Request.Headers.UserAgent.ToString().Split('/')[0] switch { "" => "unknown", var agent => agent },
    };

    private static JsonObject Success() =>
        new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 };

    private static JsonObject Deleted(ResourceType type, StoredObject last)
    {
        var details = new JsonObject { ["name"] = last.Name };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Plural;
        details["uid"] = last.Uid.ToString();
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
    }
}

using System.Text.Json;

namespace Aeos.Kubernetes.Objects;

/// <summary>Reads apiVersion, kind and metadata out of an object's bytes in one pass, stepping over everything else.</summary>
internal static class MetadataReader
{
    /// <summary>Reads an object's head.</summary>
    /// <exception cref="JsonException">The bytes are no JSON object.</exception>
    public static (string ApiVersion, string Kind, ObjectMetadata Metadata) Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, JsonLimits.Reader);
        var (apiVersion, kind, metadata) = ("", "", new ObjectMetadata());
        Expect(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("apiVersion"u8))
            {
                apiVersion = Text(ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                kind = Text(ref reader);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                ReadMetadata(ref reader, metadata);
            }
            else
            {
                reader.Skip();
            }
        }

        return (apiVersion, kind, metadata);
    }

    private static void Expect(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not a JSON object");
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, ObjectMetadata metadata)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Compared as bytes: a string for each name was a noticeable part of a backup's time.
            if (reader.ValueTextEquals("name"u8))
            {
                metadata.Name = Text(ref reader);
            }
            else if (reader.ValueTextEquals("namespace"u8))
            {
                metadata.Namespace = Text(ref reader);
            }
            else if (reader.ValueTextEquals("uid"u8))
            {
                metadata.Uid = Text(ref reader);
            }
            else if (reader.ValueTextEquals("resourceVersion"u8))
            {
                metadata.ResourceVersion = Text(ref reader);
            }
            else if (reader.ValueTextEquals("creationTimestamp"u8))
            {
                metadata.CreationTimestamp = Text(ref reader);
            }
            else if (reader.ValueTextEquals("labels"u8))
            {
                metadata.Labels = Map(ref reader);
            }
            else if (reader.ValueTextEquals("annotations"u8))
            {
                metadata.Annotations = Map(ref reader);
            }
            else
            {
                ReadRare(ref reader, metadata);
            }
        }
    }

    private static void ReadRare(ref Utf8JsonReader reader, ObjectMetadata metadata)
    {
        switch (reader.GetString())
        {
            case "generateName": metadata.GenerateName = Text(ref reader); break;
            case "deletionTimestamp": metadata.DeletionTimestamp = Text(ref reader); break;
            case "ownerReferences": metadata.OwnerReferences = Owners(ref reader); break;
            case "finalizers": metadata.Finalizers = Texts(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    // Steps onto the value; anything but the wanted structure (null, mostly) is stepped over.
    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        reader.Read();
        if (reader.TokenType == wanted)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        reader.Skip();
        return "";
    }

    private static Dictionary<string, string> Map(ref Utf8JsonReader reader)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Enter(ref reader, JsonTokenType.StartObject))
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                map[key] = Text(ref reader);
            }
        }

        return map;
    }

    private static List<string> Texts(ref Utf8JsonReader reader)
    {
        var list = new List<string>();
        if (Enter(ref reader, JsonTokenType.StartArray))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    list.Add(reader.GetString()!);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return list;
    }

    private static List<OwnerReference> Owners(ref Utf8JsonReader reader)
    {
        var owners = new List<OwnerReference>();
        if (Enter(ref reader, JsonTokenType.StartArray))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    owners.Add(Owner(ref reader));
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return owners;
    }

    private static OwnerReference Owner(ref Utf8JsonReader reader)
    {
        var owner = new OwnerReference("", "", "", "", Controller: false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "apiVersion": owner = owner with { ApiVersion = Text(ref reader) }; break;
                case "kind": owner = owner with { Kind = Text(ref reader) }; break;
                case "name": owner = owner with { Name = Text(ref reader) }; break;
                case "uid": owner = owner with { Uid = Text(ref reader) }; break;
                case "controller":
                    reader.Read();
                    owner = owner with { Controller = reader.TokenType == JsonTokenType.True };
                    reader.Skip();
                    break;
                default: reader.Skip(); break;
            }
        }

        return owner;
    }
}

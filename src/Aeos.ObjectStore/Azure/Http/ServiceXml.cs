using System.Xml;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>How answers in XML are read: as a stream, without document types, whatever they claim to be.</summary>
internal static class ServiceXml
{
    /// <summary>For <see cref="XmlReader.Create(Stream, XmlReaderSettings)"/>.</summary>
    public static XmlReaderSettings Settings { get; } = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        MaxCharactersInDocument = 64 * 1024 * 1024,
    };
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aeos.Cli.CommandLine;
using Aeos.Encryption;
using Aeos.Encryption.Messages;

namespace Aeos.Cli.Messages;

/// <summary>A message's header as text, JSON or YAML. Whoever wrote the message chose what is in it: everything is escaped.</summary>
internal static class HeaderListing
{
    private const string Format = "AWS Encryption SDK message";
    private const int Version = 2;
    private const int ReadableSuite = 0x0478;
    private const string Unverified = "nothing of this is verified: without the key anybody could have written it";

    /// <summary>Writes the header.</summary>
    public static void Write(MessageHeader header, ListingFormat format, TextWriter output)
    {
        switch (format)
        {
            case ListingFormat.Json:
                WriteJson(header, output);
                break;
            case ListingFormat.Yaml:
                WriteYaml(header, output);
                break;
            default:
                WriteText(header, output);
                break;
        }
    }

    private static void WriteText(MessageHeader header, TextWriter output)
    {
        output.WriteLine($"Not verified    :       {Unverified}");
        output.WriteLine($"Format          :       {Format}, version {Version}");
        output.WriteLine($"Suite           :       {Suite(header)} ({header.SuiteName}{(header.SuiteId == ReadableSuite ? "" : ", which \"aeos decrypt\" refuses")})");
        output.WriteLine($"Message id      :       {Id(header)}");
        output.WriteLine(header.FrameLength == 0 ? "Body            :       not framed" : $"Frame length    :       {header.FrameLength} bytes");
        foreach (var (keyNamespace, name) in header.Recipients)
        {
            output.WriteLine($"Key             :       {Printable.Escape(name)} (namespace {Printable.Escape(keyNamespace)})");
        }

        if (header.Context.Pairs.Count == 0)
        {
            output.WriteLine("Context         :       none");
        }

        foreach (var (key, value) in header.Context.Pairs)
        {
            output.WriteLine($"Context         :       {Printable.Escape(key)} = {Printable.Escape(value)}");
        }
    }

    private static void WriteJson(MessageHeader header, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteBoolean("verified", false);
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("suite", Suite(header));
            json.WriteString("suiteName", header.SuiteName);
            json.WriteString("messageId", Id(header));
            json.WriteNumber("frameLength", header.FrameLength);
            json.WriteStartArray("keys");
            foreach (var (keyNamespace, name) in header.Recipients)
            {
                json.WriteStartObject();
                json.WriteString("namespace", keyNamespace);
                json.WriteString("name", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("context");
            foreach (var (key, value) in header.Context.Pairs)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteYaml(MessageHeader header, TextWriter output)
    {
        output.WriteLine("verified: false");
        output.WriteLine($"format: {SafeText.Quoted(Format)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"version: {Version}"));
        output.WriteLine($"suite: \"{Suite(header)}\"");
        output.WriteLine($"suiteName: {SafeText.Quoted(header.SuiteName)}");
        output.WriteLine($"messageId: \"{Id(header)}\"");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frameLength: {header.FrameLength}"));
        output.WriteLine(header.Recipients.Count == 0 ? "keys: []" : "keys:");
        foreach (var (keyNamespace, name) in header.Recipients)
        {
            output.WriteLine($"- namespace: {SafeText.Quoted(keyNamespace)}");
            output.WriteLine($"  name: {SafeText.Quoted(name)}");
        }

        output.WriteLine(header.Context.Pairs.Count == 0 ? "context: {}" : "context:");
        foreach (var (key, value) in header.Context.Pairs)
        {
            output.WriteLine($"  {SafeText.Quoted(key)}: {SafeText.Quoted(value)}");
        }
    }

    private static string Suite(MessageHeader header) => string.Create(CultureInfo.InvariantCulture, $"0x{header.SuiteId:x4}");

    private static string Id(MessageHeader header) => Convert.ToHexStringLower(header.MessageId.Span);
}

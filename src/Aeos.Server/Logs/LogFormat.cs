namespace Aeos.Server.Logs;

/// <summary>How a server writes its log: <c>--log-format</c>.</summary>
public enum LogFormat
{
    /// <summary>logrus' text.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}

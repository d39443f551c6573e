namespace Aeos.GoPlugin.Client;

/// <summary>A plugin's process did not come up: the message says how far it came, and carries the end of its stderr.</summary>
public sealed class PluginStartException(string message, Exception? innerException = null) : Exception(message, innerException);

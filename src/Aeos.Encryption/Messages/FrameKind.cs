namespace Aeos.Encryption.Messages;

/// <summary>What a sealed piece of a body is: its authenticated data says so (message-body-aad.md, "Body AAD Content").</summary>
internal enum FrameKind
{
    Regular,
    Final,

    /// <summary>The whole of a body that is not framed.</summary>
    SingleBlock,
}

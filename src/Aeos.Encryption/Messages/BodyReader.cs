namespace Aeos.Encryption.Messages;

/// <summary>
/// Turns the bytes behind the header into verified plaintext, and knows nothing of where they come from: the stream above
/// reads into <see cref="Input"/> whenever more is asked for, synchronously or not.
/// </summary>
internal abstract class BodyReader(MessageCipher cipher, InputBuffer input) : IDisposable
{
    // Verified plaintext that was opened in place, inside the frame that lies at the front of the input.
    private int _openedOffset;
    private int _openedLength;
    private int _openedFrameLength;
    private bool _ended;

    public InputBuffer Input { get; } = input;

    /// <summary>Reads into the destination, which must not be empty. False: more input is needed. True with nothing: the message ended as it should.</summary>
    public bool TryRead(Span<byte> destination, out int count)
    {
        count = 0;
        if (_openedLength == 0)
        {
            if (_ended)
            {
                return true;
            }

            if (!TryLocate(out var frame))
            {
                return false;
            }

            if (frame.ContentLength <= destination.Length)
            {
                Open(frame, destination[..frame.ContentLength]);
                Input.Consume(frame.Length);
                count = frame.ContentLength;
                return true;
            }

            OpenInPlace(frame);
        }

        count = Math.Min(_openedLength, destination.Length);
        Input.Slice(_openedOffset, count).Span.CopyTo(destination);
        Advance(count);
        return true;
    }

    /// <summary>Opens a frame in place, for who passes it on before the next call: spares a copy.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (_openedLength == 0)
        {
            if (_ended)
            {
                return true;
            }

            if (!TryLocate(out var frame))
            {
                return false;
            }

            OpenInPlace(frame);
        }

        content = Input.Slice(_openedOffset, _openedLength);
        Advance(_openedLength);
        return true;
    }

    public void Dispose()
    {
        cipher.Dispose();
        Input.Dispose();
    }

    /// <summary>
    /// Finds the next frame and checks everything about it but its tag; for the last one that the input ended behind it.
    /// False: more input is needed.
    /// </summary>
    protected abstract bool TryLocate(out LocatedFrame frame);

    /// <summary>Whether so many bytes are there; refuses when they never will be.</summary>
    protected bool Has(int count)
    {
        if (Input.Count >= count)
        {
            return true;
        }

        return Input.Ended ? throw Refusal.Truncated() : false;
    }

    /// <summary>Whether the input ended right behind so many bytes; refuses when it did not.</summary>
    protected bool EndsAfter(int count)
    {
        if (Input.Count > count)
        {
            throw Refusal.TrailingBytes();
        }

        return Input.Ended;
    }

    private void Open(LocatedFrame frame, Span<byte> destination)
    {
        var available = Input.Available;
        var ciphertext = available.Slice(frame.ContentOffset, frame.ContentLength);
        var tag = available.Slice(frame.ContentOffset + frame.ContentLength, MessageCipher.TagLength);
        if (!cipher.TryOpen(frame.Kind, frame.SequenceNumber, ciphertext, tag, destination))
        {
            throw Refusal.FrameForged(frame.SequenceNumber);
        }

        _ended = frame.Kind != FrameKind.Regular;
    }

    private void OpenInPlace(LocatedFrame frame)
    {
        Open(frame, Input.Available.Slice(frame.ContentOffset, frame.ContentLength));
        (_openedOffset, _openedLength, _openedFrameLength) = (frame.ContentOffset, frame.ContentLength, frame.Length);
        if (_openedLength == 0)
        {
            Input.Consume(_openedFrameLength);
        }
    }

    private void Advance(int count)
    {
        _openedOffset += count;
        _openedLength -= count;
        if (count > 0 && _openedLength == 0)
        {
            Input.Consume(_openedFrameLength);
        }
    }
}

using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>
/// Sends again what may pass, with exponential back-off and jitter; Retry-After is honoured, unless it asks for so long a wait
/// that an error is the better answer.
/// </summary>
internal sealed class BlobRetryPolicy(TransferOptions options)
    : RetryPolicy(options.MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(options.RetryDelay, options.MaxRetryDelay))
{
    /// <inheritdoc/>
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        AsksForTooMuch(message) ? ValueTask.FromResult(false) : base.ShouldRetryAsync(message, exception);

    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => throw new NotSupportedException();

    private bool AsksForTooMuch(HttpMessage message) =>
        message.HasResponse && BlobFailure.RetryAfter(message.Response) is { } wait && wait > options.MaxRetryAfter;
}

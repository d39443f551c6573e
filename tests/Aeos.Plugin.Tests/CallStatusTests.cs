using Aeos.Encryption;
using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Plugin.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Plugin.Tests;

public sealed class CallStatusTests
{
    [Fact]
    public void A_missing_object_is_not_found_and_named()
    {
        var status = CallStatus.Of(new ObjectNotFoundException("backups/a", "bucket \"b\""), NullLogger.Instance);

        status.StatusCode.ShouldBe(StatusCode.NotFound);
        status.Message.ShouldContain("not found");
        status.Message.ShouldContain("backups/a");
    }

    public static TheoryData<Exception, StatusCode> Failures => new()
    {
        { new LocationRefusedException("cause", "Remedy."), StatusCode.InvalidArgument },
        { new KeyRefusedException("cause", "Remedy."), StatusCode.InvalidArgument },
        { new ObjectKeyRefusedException("key", "cause"), StatusCode.InvalidArgument },
        { new MessageRefusedException("cause", "Remedy."), StatusCode.DataLoss },
        { new ObjectStoreException("cause", "Remedy."), StatusCode.Unavailable },
        { new AeosException("cause", "Remedy."), StatusCode.FailedPrecondition },
        { new InvalidOperationException("cause"), StatusCode.Internal },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_has_a_status_and_its_cause(Exception failure, StatusCode expected)
    {
        var status = CallStatus.Of(failure, NullLogger.Instance);

        status.StatusCode.ShouldBe(expected);
        status.Message.ShouldContain("cause");
    }

    // The words of Velero's isTarballNotFoundError, which looks for them in lower case: any of them lets a deletion go on.
    [Theory]
    [InlineData("not found")]
    [InlineData("Not Found")]
    [InlineData("does not exist")]
    [InlineData("NoSuchKey")]
    [InlineData("BlobNotFound")]
    [InlineData("objectNotExist")]
    public void No_other_failure_says_that_an_object_is_gone(string words)
    {
        foreach (var failure in new Exception[]
        {
            new ObjectStoreException($"the container {words} today", "Remedy."),
            new LocationRefusedException($"the file {words} here", "Remedy."),
            new MessageRefusedException($"the key {words} here", "Remedy."),
            new IOException($"path {words}"),
        })
        {
            CallStatus.Of(failure, NullLogger.Instance).Message.ShouldNotContain(words, Case.Insensitive);
        }
    }
}

using Aeos.Cli.Backups;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Backups;

public class SaidEncryptionTests
{
    [Theory]
    [InlineData(null, null, "<n/a>")]
    [InlineData("ReadyToStart", null, "<n/a>")]
    [InlineData("FailedValidation", "1.1.0", "<n/a>")]
    [InlineData("Failed", null, "<n/a>")]
    [InlineData("Failed", "1.1.0", "no")]
    [InlineData("InProgress", "1.1.0", "no")]
    [InlineData("Completed", null, "no")]
    public void Only_what_may_have_been_written_is_said_to_be_plaintext(string? phase, string? formatVersion, string said)
    {
        var status = new BackupStatus { Phase = phase, FormatVersion = formatVersion };

        SaidEncryption.Word(status).ShouldBe(said);
        SaidEncryption.Word(status with { Encryption = new EncryptionStatus { IsEncrypted = true } }).ShouldBe("yes");
    }
}

using Aeos.ObjectStore.Azure.Signing;
using Azure.Core;

namespace Aeos.ObjectStore.Azure.Identity;

/// <summary>What a store's requests are authorized with, and the story of the choice. Exactly one of key and token is there.</summary>
/// <param name="Kind">For the log: <c>account key</c>, <c>managed identity</c> …</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Tried">For an error: every kind in the order of the choice, and why it was passed over or taken.</param>
/// <param name="Remedy">What to do when it does not work.</param>
/// <param name="Key">Signs requests and URLs.</param>
/// <param name="Token">Gives tokens, and renews them.</param>
internal sealed record ChosenCredential(string Kind, string Reason, string Tried, string Remedy, AccountKey? Key, TokenCredential? Token);

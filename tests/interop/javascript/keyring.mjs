// Keyrings of the AWS Encryption SDK for JavaScript over raw AES keys, as Aeos wraps with them.
import { MultiKeyringNode, RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/client-node'

const wrappingSuites = {
  16: RawAesWrappingSuiteIdentifier.AES128_GCM_IV12_TAG16_NO_PADDING,
  24: RawAesWrappingSuiteIdentifier.AES192_GCM_IV12_TAG16_NO_PADDING,
  32: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
}

/** A keyring of one key. utf8Sorting is the order that the specification asks for; the SDK's own default is the locale's. */
export function rawKeyring(key, keyNamespace, keyName, utf8Sorting = true) {
  // The SDK wants a key that has a memory of its own.
  const unencryptedMasterKey = new Uint8Array(key)
  return new RawAesKeyringNode({ keyNamespace, keyName, unencryptedMasterKey, wrappingSuite: wrappingSuites[key.length], utf8Sorting })
}

/** A keyring of several keys: each alone opens what it wraps. */
export function severalKeys([generator, ...children]) {
  return children.length === 0 ? generator : new MultiKeyringNode({ generator, children })
}

// The peer in benchmarks/encrypt.sh: the AWS Encryption SDK for JavaScript, streaming a file through its raw AES keyring.
//
//   node javascript-sdk.mjs encrypt|decrypt KEYFILE IN OUT
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { hkdfSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';

const require = createRequire(new URL('../tests/interop/javascript/package.json', import.meta.url));
const { buildClient, CommitmentPolicy, RawAesKeyringNode, RawAesWrappingSuiteIdentifier } = require('@aws-crypto/client-node');

const [verb, keyFile, source, target] = process.argv.slice(2);
const key = readFileSync(keyFile);
const keyring = new RawAesKeyringNode({
  keyNamespace: 'aeos',
  keyName: Buffer.from(hkdfSync('sha256', key, '', 'aeos key id', 32)).toString('base64url').slice(0, 16),
  unencryptedMasterKey: new Uint8Array(key),
  wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
});
const { encryptStream, decryptStream } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const transform = verb === 'encrypt'
  ? encryptStream(keyring, { suiteId: 0x0478, frameLength: 64 * 1024 })
  : decryptStream(keyring);
await pipeline(createReadStream(source), transform, createWriteStream(target));

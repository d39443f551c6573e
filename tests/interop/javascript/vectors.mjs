// Makes the messages in tests/Aeos.Encryption.Tests/Vectors, which are checked without Node:
//   node vectors.mjs ../../Aeos.Encryption.Tests/Vectors
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { argv } from 'node:process'
import { AlgorithmSuiteIdentifier, buildClient, CommitmentPolicy } from '@aws-crypto/client-node'
import { rawKeyring, severalKeys } from './keyring.mjs'

const committing = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY
const signed = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384
const versionOne = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA256

const key = (length, namespace, name) => ({ hex: Buffer.from({ length }, (_, i) => (i * 7 + length) & 255).toString('hex'), namespace, name })
const one = [key(32, 'elsewhere', 'key one')]
const three = [key(16, 'elsewhere', 'key 128'), key(24, 'elsewhere', 'key 192'), key(32, 'elsewhere', 'key 256')]
const object = { object: 'backups/nightly-1/nightly-1.tar.gz' }
const cases = [
  { file: 'empty', keys: one, context: {}, length: 0, frameLength: 256 },
  { file: 'one-byte', keys: one, context: object, length: 1, frameLength: 256 },
  { file: 'a-frame-less-one', keys: one, context: object, length: 255, frameLength: 256 },
  { file: 'a-frame', keys: one, context: object, length: 256, frameLength: 256 },
  { file: 'a-frame-and-one', keys: one, context: object, length: 257, frameLength: 256 },
  { file: 'many-frames', keys: one, context: object, length: 2000, frameLength: 100 },
  { file: 'three-keys', keys: three, context: object, length: 700, frameLength: 256 },
  { file: 'context-beyond-ascii', keys: one, context: { 'größe': '大きい', '\u{1F511}': 'clé', '\uFF5E': 'tilde', a: '' }, length: 10, frameLength: 256 },
  { file: 'suite-0578', keys: one, context: object, length: 10, frameLength: 256, suite: signed },
  { file: 'suite-0178', keys: one, context: object, length: 10, frameLength: 256, suite: versionOne },
]

const index = []
for (const { file, keys, context, length, frameLength, suite = committing } of cases) {
  const plaintext = Buffer.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255)
  const client = buildClient(suite === versionOne ? CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT : CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
  const keyring = severalKeys(keys.map((k) => rawKeyring(Buffer.from(k.hex, 'hex'), k.namespace, k.name)))
  const { result } = await client.encrypt(keyring, plaintext, { suiteId: suite, encryptionContext: context, frameLength, plaintextLength: length })
  await writeFile(join(argv[2], `${file}.message`), result)
  index.push({ file: `${file}.message`, suite, keys, context, frameLength, length, sha256: createHash('sha256').update(plaintext).digest('hex') })
}
await writeFile(join(argv[2], 'index.json'), `${JSON.stringify(index, null, 2)}\n`)

// Runs many encryptions and decryptions in one process, because starting the SDK is slow.
// Reads a JSON array of cases from the file that is named first, prints a JSON array of results.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { argv, stdout } from 'node:process'
import { AlgorithmSuiteIdentifier, buildClient, CommitmentPolicy } from '@aws-crypto/client-node'
import { rawKeyring, severalKeys } from './keyring.mjs'

const committing = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
const uncommitting = buildClient(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)

const keyringOf = (item) =>
  severalKeys(item.keys.map((key) => rawKeyring(Buffer.from(key.hex, 'hex'), key.namespace, key.name, item.utf8Sorting ?? true)))

async function encrypt(item, input) {
  const suiteId = item.suite ?? AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY
  const client = suiteId >= 0x0400 ? committing : uncommitting
  const { result } = await client.encrypt(keyringOf(item), input, {
    suiteId, encryptionContext: item.context ?? {}, frameLength: item.frameLength, plaintextLength: input.length,
  })
  return { output: result }
}

async function decrypt(item, input) {
  const { plaintext, messageHeader } = await committing.decrypt(keyringOf(item), input)
  return { output: plaintext, context: { ...messageHeader.encryptionContext } }
}

// The proposal's format: nonce, ciphertext, tag.
function sealBlob(item, input) {
  const key = Buffer.from(item.keys[0].hex, 'hex')
  const nonce = Buffer.from(item.nonce, 'hex')
  const cipher = createCipheriv(`aes-${key.length * 8}-gcm`, key, nonce)
  return { output: Buffer.concat([nonce, cipher.update(input), cipher.final(), cipher.getAuthTag()]) }
}

function openBlob(item, input) {
  const key = Buffer.from(item.keys[0].hex, 'hex')
  const decipher = createDecipheriv(`aes-${key.length * 8}-gcm`, key, input.subarray(0, 12)).setAuthTag(input.subarray(-16))
  return { output: Buffer.concat([decipher.update(input.subarray(12, -16)), decipher.final()]) }
}

const verbs = { encrypt, decrypt, sealBlob, openBlob }
const results = []
for (const item of JSON.parse(await readFile(argv[2], 'utf8'))) {
  try {
    const { output, context } = await verbs[item.verb](item, await readFile(item.input))
    await writeFile(item.output, output)
    results.push({ error: null, context: context ?? null })
  } catch (error) {
    results.push({ error: String(error.message ?? error), context: null })
  }
}
stdout.write(JSON.stringify(results))

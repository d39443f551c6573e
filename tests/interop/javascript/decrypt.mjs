// Decrypts an object that Aeos wrote, with nothing of Aeos: the AWS Encryption SDK for JavaScript and the key.
//   npm ci
//   node decrypt.mjs KEYFILE INPUT OUTPUT OBJECT
// OBJECT is the object's key relative to the location's prefix, for example backups/nightly-1/nightly-1.tar.gz
import { hkdfSync } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { argv, exit, stderr } from 'node:process'
import { pipeline } from 'node:stream/promises'
import { buildDecrypt, CommitmentPolicy } from '@aws-crypto/client-node'
import { rawKeyring } from './keyring.mjs'

const [keyFile, input, output, object] = argv.slice(2)
if (object === undefined) {
  stderr.write('usage: node decrypt.mjs KEYFILE INPUT OUTPUT OBJECT\n')
  exit(2)
}

// A key file holds 16, 24 or 32 raw bytes, or a line aeos-key-1:BASE64URL:NAME.
const content = await readFile(keyFile)
const line = /^aeos-key-1:([\w-]+):([\w-]{16})\r?\n?$/.exec(content.toString('latin1'))
const key = line ? Buffer.from(line[1], 'base64url') : content
const name = Buffer.from(hkdfSync('sha256', key, '', 'aeos key id', 12)).toString('base64url')
if (line && line[2] !== name) throw new Error('the key line was cut or changed: its name is not its key\'s')

const { decryptUnsignedMessageStream } = buildDecrypt({
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT, maxEncryptedDataKeys: 16,
})
const decrypting = decryptUnsignedMessageStream(rawKeyring(key, 'aeos', name), { maxBodySize: 16 * 1024 * 1024 })

// The header tells which object the message was written as: without this check two objects in the bucket could be swapped.
let bound
decrypting.once('MessageHeader', ({ encryptionContext }) => { bound = encryptionContext.object })

const unfinished = `${output}.unfinished`
try {
  await pipeline(createReadStream(input), decrypting, createWriteStream(unfinished, { mode: 0o600 }))
  if (bound !== object) throw new Error(`the message is bound to the object ${JSON.stringify(bound)}, not to ${JSON.stringify(object)}`)
  await rename(unfinished, output)
} catch (error) {
  await rm(unfinished, { force: true })
  stderr.write(`refused: ${error.message}\n`)
  exit(1)
}

/** An OpenDocument text that is locked with a password, as OpenDocument 1.2 (part 3, 4.8) has it. */
import { createCipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { rawZip } from './raw-zip.ts'

const ROUNDS = 1000
const TYPE = 'application/vnd.oasis.opendocument.text'
const NAMESPACES = ['office', 'text', 'style', 'manifest']
  .map(name => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')

/** `lines` of a text that cannot be packed well. */
export function lockedText(password: string, { lines = 400 } = {}): Buffer {
  const words = Array.from({ length: lines }, () => `<text:p>${randomBytes(30).toString('hex')}</text:p>`)
  const parts = {
    'content.xml': `<office:document-content ${NAMESPACES} office:version="1.2"><office:body><office:text>${words.join('')}</office:text></office:body></office:document-content>`,
    'styles.xml': `<office:document-styles ${NAMESPACES} office:version="1.2"/>`,
  }
  const locked = Object.entries(parts).map(([name, xml]) => lock(name, Buffer.from(xml), password))
  const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest ${NAMESPACES} manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${TYPE}"/>${locked.map(part => part.entry).join('')}</manifest:manifest>`
  return rawZip([
    { name: 'mimetype', content: Buffer.from(TYPE), stored: true },
    ...locked.map(({ name, content }) => ({ name, content, stored: true })),
    { name: 'META-INF/manifest.xml', content: Buffer.from(manifest) },
  ])
}

function lock(name: string, xml: Buffer, password: string) {
  const packed = deflateRawSync(xml)
  const [salt, iv] = [randomBytes(16), randomBytes(16)]
  const key = pbkdf2Sync(sha256(Buffer.from(password)), salt, ROUNDS, 32, 'sha1')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const content = Buffer.concat([cipher.update(packed), cipher.final()])
  const checksum = sha256(packed.subarray(0, 1024)).toString('base64')
  const entry = `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml" manifest:size="${xml.length}"><manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" manifest:checksum="${checksum}"><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="${iv.toString('base64')}"/><manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="${ROUNDS}" manifest:salt="${salt.toString('base64')}"/></manifest:encryption-data></manifest:file-entry>`
  return { name, content, entry }
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { lockOfPdf } from '#lib/scan/pdf.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { linkedPdf } from '#test/documents/linked-pdf.ts'

const run = promisify(execFile)
const KINDS = {
  'RC4 of 40 bits': ['40'],
  'RC4 of 128 bits': ['128', '--use-aes=n'],
  'AES of 128 bits': ['128', '--use-aes=y'],
  'AES of 128 bits without metadata': ['128', '--use-aes=y', '--cleartext-metadata'],
  'AES of 256 bits as Acrobat 9 had it': ['256', '--force-R5'],
  'AES of 256 bits': ['256'],
}

describe('a PDF that is locked', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-locked-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function encrypted(password: string, kind: readonly string[], more: readonly string[] = []) {
    const [from, to] = [join(folder, 'open.pdf'), join(folder, 'locked.pdf')]
    await writeFile(from, linkedPdf())
    const lock = ['--encrypt', password, 'owner', ...kind, '--']
    await run('qpdf', ['--allow-weak-crypto', ...more, ...lock, from, to])
    return readFile(to)
  }
  const lockOf = (bytes: Buffer) => lockOfPdf(sourceOfBuffer(bytes))

  for (const [name, kind] of Object.entries(KINDS))
    it(`by ${name} is told from one that opens without a password`, async () => {
      assert.equal(await lockOf(await encrypted('', kind)), 'opens')
      assert.equal(await lockOf(await encrypted('secret', kind)), 'password')
    })

  it('is read from a stream of cross-references, and with its strings as letters', async () => {
    const streams = ['--object-streams=generate']
    assert.equal(await lockOf(await encrypted('', ['256'], streams)), 'opens')
    assert.equal(await lockOf(await encrypted('secret', ['256'], streams)), 'password')
    for (const [password, lock] of [
      ['', 'opens'],
      ['secret', 'password'],
    ] as const) {
      const text = (await encrypted(password, ['128', '--use-aes=n'])).toString('latin1')
      assert.equal(await lockOf(Buffer.from(asLetters(text), 'latin1')), lock)
    }
  })

  it('is refused without a password, and taken with one', async () => {
    const source = sourceOfBuffer(await encrypted('secret', ['256']))
    await assert.rejects(scan(source, 'a.pdf'), { code: 'password_required' })
    const { format, locked } = await scan(source, 'a', { hasPassword: true })
    assert.deepEqual([format, locked], ['pdf', true])
  })
})

/** With O, U and the first part of ID in the form with brackets, in which any byte may stand by itself. */
function asLetters(text: string): string {
  return text.replace(/(\/(?:[OU]|ID \[)\s*)<([0-9a-f]+)>/g, (_, before: string, hex: string) => {
    const letters = Buffer.from(hex, 'hex').toString('latin1')
    const escaped = letters.replace(/[()\\\r]/g, letter => (letter === '\r' ? '\\r' : `\\${letter}`))
    return `${before}(${escaped.replace(/^[\s\S]/, first => `\\${first.charCodeAt(0).toString(8).padStart(3, '0')}`)})`
  })
}

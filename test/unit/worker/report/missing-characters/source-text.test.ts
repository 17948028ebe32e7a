import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { archive } from '#test/documents/archive.ts'
import { openText, word } from '#test/documents/packages.ts'
import { tallyOfSource } from '#worker/report/missing-characters/source-text.ts'

describe('the rare characters of a source', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-characters-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function tallied(format: string, bytes: string | Buffer): Promise<string | undefined> {
    const path = join(folder, `source.${format}`)
    await writeFile(path, bytes)
    const tally = await tallyOfSource(path, format)
    return tally && [...tally].map(([code, count]) => `${String.fromCodePoint(code)}${count}`).join(' ')
  }

  it('are counted in texts, and only what is rare', async () => {
    assert.equal(await tallied('txt', 'naïve “text” – กข🚀ก'), 'ก2 ข1 🚀1')
    assert.equal(await tallied('csv', 'a;b\n1;2'), '')
    assert.equal(await tallied('fodt', '<a b="ข"><c>ก</c>&#3585;</a>'), 'ก2')
  })

  it('are counted in the parts of a package that are shown', async () => {
    const run = (text: string) => `<w:p><w:r><w:t x="ข">${text}</w:t></w:r></w:p>`
    const more = {
      'word/header1.xml': run('ค'),
      'word/theme/theme1.xml': '<a>ง</a>',
      'docProps/core.xml': '<a>จ</a>',
    }
    assert.equal(await tallied('docx', await word(run('กก'), more)), 'ก2 ค1')
    const object = { 'Object 1/content.xml': '<a>ค</a>', 'meta.xml': '<a>ง</a>' }
    assert.equal(await tallied('odt', await openText('<text:p>ก</text:p>', object)), 'ก1 ค1')
  })

  it('are found where a long text is cut into pieces', async () => {
    const text = 'x'.repeat(256 * 1024 - 1)
    assert.equal(await tallied('txt', `${text}🚀`), '🚀1')
  })

  it('are unknown where the text cannot be read as it lies, and none where the document brings fonts', async () => {
    assert.equal(await tallied('txt', Buffer.from('\ufeffกข', 'utf16le')), undefined)
    assert.equal(await tallied('txt', Buffer.from([0x61, 0xa1, 0xa2, 0x20, 0x62])), undefined)
    assert.equal(await tallied('doc', Buffer.from('d0cf11e0a1b11ae1', 'hex')), undefined)
    assert.equal(await tallied('rtf', '{\\rtf1 \\u3585?}'), undefined)
    const binary = { 'xl/worksheets/sheet1.bin': 'x', 'xl/drawings/drawing1.xml': '<a>ก</a>' }
    assert.equal(
      await tallied('xlsb', await archive({ '[Content_Types].xml': '<a/>', ...binary })),
      undefined,
    )
    const locked = await openText('<text:p>x</text:p>', { 'content.xml': Buffer.from([0xe0, 0xff, 0xb8]) })
    assert.equal(await tallied('odt', locked), undefined)
    const branded = await word('<w:p><w:r><w:t>ก</w:t></w:r></w:p>', { 'word/fonts/font1.odttf': 'x' })
    assert.equal(await tallied('docx', branded), '')
  })
})

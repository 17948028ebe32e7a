import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { truncated } from '#test/documents/broken.ts'
import { oldVisioDrawing } from '#test/documents/old-visio.ts'
import { publication } from '#test/documents/publisher.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { assertRefused, formatOf } from './expect.ts'

const noise = (bytes: number) => Buffer.alloc(bytes, 0xaa)

function currentUser(token: number): Buffer {
  const atom = Buffer.alloc(40)
  atom.writeUInt16LE(0x0ff6, 2)
  atom.writeUInt32LE(token, 12)
  return atom
}

function wordDocument(flags: number): Buffer {
  const fib = Buffer.alloc(5000)
  fib.writeUInt16LE(0xa5ec, 0)
  fib.writeUInt16LE(flags, 10)
  return fib
}

function workbook(...records: [number, Buffer][]): Buffer {
  const all: [number, Buffer][] = [
    [0x809, Buffer.alloc(16)],
    ...records,
    [0x85, Buffer.alloc(20)],
    [0x0a, Buffer.alloc(0)],
  ]
  return Buffer.concat(
    all.map(([number, data]) =>
      Buffer.concat([Buffer.from(Uint16Array.of(number, data.length).buffer), data]),
    ),
  )
}

// Written by LibreOffice with the passwords that the names tell.
const VELVET_SWEATSHOP =
  '0100010001006e9afa47ee0ab71cc3eb9500f66fddde326554e138e0d090a7ba48afa50875a3ab66c0938d82bcf63203e257afe5fec5'
const OTHER =
  '0100010001007bdf23177fe17bffbdb077dc1cab80874eb34137f5a374f8df5ad87467b09960782eb3666b683ef08ea03a5d51b91974'

describe('a scan of Office files before 2007', () => {
  it('knows presentations, and lets the name tell shows and templates', async () => {
    const ppt = compound({ 'PowerPoint Document': noise(9000), 'Current User': currentUser(0xe391c05f) })
    assert.equal(await formatOf(ppt, 'deck.ppt'), 'ppt')
    assert.equal(await formatOf(ppt, 'deck.pps'), 'pps')
    assert.equal(await formatOf(ppt, 'deck.pot'), 'pot')
    assert.equal(await formatOf(ppt, 'deck.pptx'), 'ppt')
    assert.equal(await formatOf(compound({ PP40: noise(9000) }), 'deck.ppt'), 'ppt')
  })

  it('says that no password opens a locked presentation', async () => {
    const byToken = compound({ 'PowerPoint Document': noise(9000), 'Current User': currentUser(0xf3d1c4df) })
    await assertRefused(
      [byToken, 'deck.ppt'],
      'password_unsupported',
      /opens no locked presentations of PowerPoint 97/,
    )
    const bySummary = compound({ 'PowerPoint Document': noise(9000), EncryptedSummary: noise(100) })
    await assertRefused([bySummary, 'deck.ppt'], 'password_unsupported')
  })

  it('knows documents and templates, and the locked ones', async () => {
    assert.equal(await formatOf(compound({ WordDocument: wordDocument(0) }), 'a.doc'), 'doc')
    assert.equal(await formatOf(compound({ WordDocument: wordDocument(1) }), 'a.doc'), 'dot')
    await assertRefused([compound({ WordDocument: wordDocument(0x100) }), 'a.doc'], 'password_required')
  })

  it('knows workbooks, small ones too, of Excel 97 and of Excel 5', async () => {
    assert.equal(await formatOf(compound({ Workbook: workbook() }), 'a.xls'), 'xls')
    assert.equal(await formatOf(compound({ WORKBOOK: workbook([0x3c, noise(8000)]) }), 'a.xls'), 'xls')
    assert.equal(await formatOf(compound({ Book: workbook() }), 'a.xls'), 'xls')
  })

  it('says that a locked workbook needs its password', async () => {
    const filePass = Buffer.from(OTHER, 'hex')
    await assertRefused([compound({ Workbook: workbook([0x2f, filePass]) }), 'a.xls'], 'password_required')
    const xor = Buffer.from([0, 0, 1, 2, 3, 4])
    await assertRefused([compound({ Workbook: workbook([0x2f, xor]) }), 'a.xls'], 'password_required')
    await assertRefused([compound({ Book: workbook([0x2f, noise(4)]) }), 'a.xls'], 'password_required')
  })

  it('takes a workbook that is locked with the password that everybody knows', async () => {
    for (const filePass of [VELVET_SWEATSHOP, '000012340a9a']) {
      const made = compound({ Workbook: workbook([0x2f, Buffer.from(filePass, 'hex')]) })
      assert.equal(await formatOf(made, 'a.xls'), 'xls')
    }
  })

  it('takes a number that looks like a lock, but stands in the data, for data', async () => {
    const made = compound({ Workbook: workbook([0x3c, Buffer.from('2f0036000100', 'hex')]) })
    assert.equal(await formatOf(made, 'a.xls'), 'xls')
  })

  it('finds its way in a large file', async () => {
    const large = compound({
      'A first one': noise(5_000_000),
      WordDocument: wordDocument(0),
      Small: noise(70),
    })
    assert.equal(await formatOf(large, 'a.doc'), 'doc')
  })

  it('knows the drawings of every Visio that LibreOffice opens, and names those of others', async () => {
    const drawing = oldVisioDrawing('Nightshift')
    const version = drawing.indexOf('Visio (TM)') + 0x1a
    for (const known of [11, 1, 5, 6]) {
      drawing.writeUInt8(known, version)
      assert.equal(await formatOf(drawing, 'a.vsd'), 'vsd')
    }
    for (const strange of [0, 7, 12]) {
      drawing.writeUInt8(strange, version)
      await assertRefused([drawing, 'a.vsd'], 'type_mismatch', /a Visio drawing/)
    }
    const short = compound({ VisioDocument: Buffer.from('Visio (TM) Drawing\r\n\0') })
    await assertRefused([short, 'a.vsd'], 'type_mismatch', /a Visio drawing/)
  })

  it('knows Publisher by how its contents begin, since others have a stream of that name too', async () => {
    assert.equal(await formatOf(publication('Nightshift'), 'a.pub'), 'pub')
    const newer = compound({ Contents: Buffer.from('e8ac2c00aaaa', 'hex'), Quill: noise(10) })
    assert.equal(await formatOf(newer, 'a.pub'), 'pub')
    const unknown = compound({ Contents: Buffer.from('e8ac3300', 'hex'), Quill: noise(10) })
    await assertRefused([unknown, 'a.pub'], 'type_mismatch', /a Publisher document/)
    const works = compound({ CONTENTS: noise(100), MatOST: noise(10) })
    await assertRefused([works, 'a.wps'], 'unsupported_format', /a document of Works 3 or 4/)
  })

  it('knows Works since 2000 by how its contents begin, and Quattro Pro since 7', async () => {
    assert.equal(await formatOf(compound({ CONTENTS: Buffer.from('CHNKWKS') }), 'a.wps'), 'wps')
    assert.equal(await formatOf(compound({ NativeContent_MAIN: noise(100) }), 'a.qpw'), 'wb2')
    assert.equal(await formatOf(compound({ PerfectOffice_MAIN: noise(100) }), 'a.wb3'), 'wb2')
  })

  it('names compound files of other programs', async () => {
    await assertRefused(
      [compound({ '__properties_version1.0': noise(100) }), 'a.msg'],
      'unsupported_format',
      /an Outlook message/,
    )
    await assertRefused(
      [compound({ Strange: noise(100) }), 'a.ppt'],
      'type_mismatch',
      /a compound file of another/,
    )
  })

  it('says that a file is damaged whose directory cannot be reached', async () => {
    const whole = compound({ WordDocument: wordDocument(0) })
    await assertRefused([truncated(whole, 0.5), 'a.doc'], 'corrupt_file')
    await assertRefused(
      [whole.subarray(0, 300), 'a.doc'],
      'corrupt_file',
      /ends before its table of contents/,
    )
    const nonsense = Buffer.from(whole)
    nonsense.writeUInt16LE(31, 30)
    await assertRefused([nonsense, 'a.doc'], 'corrupt_file', /header is nonsense/)
  })

  it('does not run in circles where a hostile file does', async () => {
    const whole = compound({ WordDocument: wordDocument(0) })
    const fat = (whole.readUInt32LE(76) + 1) * 512
    const directory = whole.readUInt32LE(48)
    const circle = Buffer.from(whole)
    circle.writeUInt32LE(directory, fat + directory * 4)
    await assertRefused([circle, 'a.doc'], 'corrupt_file', /point in circles/)
    const tree = Buffer.from(whole)
    // The first entry below the root becomes its own left and right neighbour.
    for (const field of [68, 72]) tree.writeUInt32LE(1, (directory + 1) * 512 + 128 + field)
    assert.equal(await formatOf(tree, 'a.doc'), 'doc')
  })
})

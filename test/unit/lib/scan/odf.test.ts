import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { archive } from '#test/documents/archive.ts'
import { openOffice1 } from '#test/documents/old-office.ts'
import { assertRefused, formatOf } from './expect.ts'

const TYPE = 'application/vnd.oasis.opendocument.'
const DOCTYPE = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'

const manifest = (entries: string) =>
  `<?xml version="1.0"?>${DOCTYPE}<manifest:manifest>${entries}</manifest:manifest>`
const entry = (path: string, inside = '', type = 'text/xml') =>
  `<manifest:file-entry manifest:media-type="${type}" manifest:full-path="${path}">${inside}</manifest:file-entry>`
const ENCRYPTED = '<manifest:encryption-data manifest:checksum="x"/>'

describe('a scan of OpenDocument', () => {
  it('knows each kind by its mimetype', async () => {
    const kinds = {
      odt: 'text',
      ott: 'text-template',
      ods: 'spreadsheet',
      odp: 'presentation',
      odg: 'graphics',
    }
    for (const [format, kind] of Object.entries(kinds)) {
      const made = await archive({ mimetype: TYPE + kind, 'content.xml': '<x/>' })
      assert.equal(await formatOf(made, `some.${format}`), format)
    }
  })

  it('asks the manifest where the mimetype is missing', async () => {
    const made = await archive({
      'content.xml': '<x/>',
      'META-INF/manifest.xml': manifest(entry('/', '', `${TYPE}presentation`)),
    })
    assert.equal(await formatOf(made, 'deck.odp'), 'odp')
  })

  it('says that a document with encrypted content needs its password', async () => {
    for (const path of ['content.xml', 'encrypted-package']) {
      const made = await archive({
        mimetype: `${TYPE}text`,
        [path]: 'noise',
        'META-INF/manifest.xml': manifest(entry('/') + entry(path, ENCRYPTED)),
      })
      await assertRefused([made, 'letter.odt'], 'password_required')
    }
  })

  it('takes a document in which only a macro library is locked', async () => {
    const made = await archive({
      mimetype: `${TYPE}text`,
      'content.xml': '<x/>',
      'META-INF/manifest.xml': manifest(entry('content.xml') + entry('Basic/Own/Module.xml', ENCRYPTED)),
    })
    assert.equal(await formatOf(made, 'letter.odt'), 'odt')
  })

  it('says that a document without content is damaged', async () => {
    await assertRefused(
      [await archive({ mimetype: `${TYPE}text` }), 'letter.odt'],
      'corrupt_file',
      /content\.xml/,
    )
  })

  it('names relatives that cannot be converted', async () => {
    const formula = await archive({ mimetype: `${TYPE}formula`, 'content.xml': '<x/>' })
    await assertRefused([formula, 'e.odf'], 'unsupported_format', /an OpenDocument file of a rare kind/)
    const book = await archive({ mimetype: 'application/epub+zip' })
    await assertRefused([book, 'letter.odt'], 'type_mismatch', /an e-book \(EPUB\) named \.odt/)
    await assertRefused(
      [await archive({ mimetype: 'application/vnd.sun.xml.math' }), 'a.sxm'],
      'unsupported_format',
      /an OpenOffice 1 document/,
    )
  })

  it('knows documents and templates of OpenOffice 1', async () => {
    const kinds = { writer: 'sxw', 'calc.template': 'sxc', impress: 'sxi', draw: 'sxd' }
    for (const [kind, format] of Object.entries(kinds)) {
      const made = await archive({ mimetype: `application/vnd.sun.xml.${kind}`, 'content.xml': '<x/>' })
      assert.equal(await formatOf(made, 'a'), format)
    }
    assert.equal(await formatOf(await openOffice1('writer', 'x'), 'a.stw'), 'sxw')
  })

  it('knows flat documents by the media type at their root', async () => {
    const flat = (kind: string) =>
      `<?xml version="1.0"?>\n<!-- a comment -->\n<office:document xmlns:office="urn:x" office:mimetype="${TYPE}${kind}"/>`
    assert.equal(await formatOf(flat('presentation'), 'deck.fodp'), 'fodp')
    assert.equal(await formatOf(flat('text'), 'letter.odt'), 'fodt')
    await assertRefused([flat('text'), 'deck.fodp'], 'type_mismatch', /a flat OpenDocument text named \.fodp/)
  })
})

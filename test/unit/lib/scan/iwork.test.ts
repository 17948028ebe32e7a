import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { archive } from '#test/documents/archive.ts'
import { assertRefused, formatOf } from './expect.ts'

const APPLE = 'http://developer.apple.com/namespaces'
const root = (prefix: string, name: string, space: string) =>
  `<?xml version="1.0"?><${prefix}:${name} xmlns:sfa="${APPLE}/sfa" xmlns:${prefix}="${APPLE}/${space}"/>`

describe('a scan of documents of Pages, Numbers and Keynote', () => {
  it('tells those up to 2009 by their root', async () => {
    assert.equal(await formatOf(await archive({ 'index.xml': root('sl', 'document', 'sl') }), 'a'), 'pages')
    assert.equal(await formatOf(await archive({ 'index.xml': root('ls', 'document', 'ls') }), 'a'), 'numbers')
    const show = await archive({ 'index.apxl': root('key', 'presentation', 'keynote2') })
    assert.equal(await formatOf(show, 'a.key'), 'key')
  })

  it('tells those since 2013 by their slides and their names', async () => {
    const since2013 = (name: string) => archive({ 'Index/Document.iwa': 'x', [name]: 'x' })
    assert.equal(await formatOf(await since2013('Index/Slide-12.iwa'), 'a'), 'key')
    assert.equal(await formatOf(await since2013('Index/Tables/Tile.iwa'), 'a.numbers'), 'numbers')
    assert.equal(await formatOf(await since2013('Index/Tables/Tile.iwa'), 'a.pages'), 'pages')
    assert.equal(await formatOf(await archive({ 'a.key/Index.zip': 'x' }), 'a.key'), 'key')
    await assertRefused(
      [await since2013('Index/Tables/Tile.iwa'), 'a'],
      'unsupported_format',
      /Pages, Numbers or Keynote/,
    )
  })

  it('says that no password opens a locked one', async () => {
    const since2013 = await archive({ 'Index/Document.iwa': 'x', '.iwpv2': 'x' })
    await assertRefused([since2013, 'a.pages'], 'password_unsupported', /Pages, Numbers and Keynote/)
  })

  it('leaves another archive an archive', async () => {
    await assertRefused(
      [await archive({ 'index.xml': '<data/>' }), 'a.zip'],
      'unsupported_format',
      /a ZIP archive/,
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { groupsByFormat, isMixed, withSettings } from '#app/(pages)/live/fitting-targets.ts'

const files = (...names: string[]) => names.map(name => ({ file: new File(['x'], name), folder: '' }))

describe('a drop of several files', () => {
  it('is mixed where one cannot become what was chosen', () => {
    assert.equal(isMixed(files('a.docx', 'b.pptx'), 'pdf'), false)
    assert.equal(isMixed(files('a.docx', 'b.pptx'), 'odt'), true)
    assert.equal(isMixed(files('b.pptx'), 'odt'), false, 'a single one says so in its row')
    assert.equal(isMixed(files('a.docx', 'untitled'), 'odt'), false, 'only the server can tell what it is')
  })

  it('offers for each format what fits: what was chosen, otherwise a PDF', () => {
    const groups = groupsByFormat(files('a.docx', 'b.pptx', 'c.pptx', 'untitled'), 'odt')
    assert.deepEqual(
      groups.map(({ format, count, target }) => [format, count, target]),
      [
        ['docx', 1, 'odt'],
        ['pptx', 2, 'pdf'],
      ],
    )
    for (const { targets, target } of groups) assert.ok(targets.includes(target))
  })

  it('gets the settings of its format, and keeps those of all where its format is unknown', () => {
    const sent = withSettings(files('a.docx', 'untitled'), format => ({ target: format, options: {} }))
    assert.deepEqual(
      sent.map(({ settings }) => settings?.target),
      ['docx', undefined],
    )
  })
})

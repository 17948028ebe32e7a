import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  fittingTargets,
  groupsByFormat,
  needsChoice,
  withSettings,
} from '#app/(pages)/live/fitting-targets.ts'

const into = (target: string, options = {}) => ({ target, options })
const files = (...names: string[]) => names.map(name => ({ file: new File(['x'], name), folder: '' }))

describe('a drop', () => {
  it('asks what becomes of it where a file cannot become what was chosen, also of a single one', () => {
    assert.equal(needsChoice(files('a.docx', 'b.pptx'), into('pdf')), false)
    assert.equal(needsChoice(files('a.docx', 'b.pptx'), into('odt')), true)
    assert.equal(needsChoice(files('b.pptx'), into('odt')), true)
    assert.equal(needsChoice(files('a.docx', 'untitled'), into('odt')), false, 'only the server can tell')
  })

  it('asks nothing where nothing fits any of its files', () => {
    assert.equal(needsChoice(files('a.pdf', 'b.pdf'), into('docx')), false)
    assert.equal(needsChoice(files('a.pdf', 'b.odt'), into('docx')), true)
  })

  it('offers for each format what fits: what was chosen, otherwise a PDF', () => {
    const groups = groupsByFormat(files('a.docx', 'b.pptx', 'c.pptx', 'untitled'), into('odt'))
    assert.deepEqual(
      groups.map(({ format, count, target }) => [format, count, target]),
      [
        ['docx', 1, 'odt'],
        ['pptx', 2, 'pdf'],
      ],
    )
    for (const { targets, target } of groups) assert.ok(target && targets.includes(target))
  })

  it('offers a PDF to become one only where the options change something of it', () => {
    const targetOf = (options: object) => groupsByFormat(files('a.pdf'), into('docx', options))[0]?.target
    assert.equal(targetOf({}), null)
    assert.equal(targetOf({ pages: '2' }), 'pdf')
    assert.deepEqual(fittingTargets('pdf', into('pdf')), [])
    assert.deepEqual(fittingTargets('pdf', into('pdf', { resultPassword: 'secret' })), ['pdf'])
  })

  it('gets the settings of its format, and keeps those of all where its format is unknown', () => {
    const sent = withSettings(files('a.docx', 'untitled'), format => ({ target: format, options: {} }))
    assert.deepEqual(
      sent.map(({ settings }) => settings?.target),
      ['docx', undefined],
    )
  })

  it('leaves out what becomes nothing', () => {
    const sent = withSettings(files('a.docx', 'b.pdf'), format => (format === 'pdf' ? null : into('odt')))
    assert.deepEqual(
      sent.map(({ file }) => file.name),
      ['a.docx'],
    )
  })
})

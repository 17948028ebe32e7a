import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  isBundle,
  OPTIONS,
  optionsOf,
  PRESETS,
  pageNamedTwice,
  pageNumbers,
  resultFileName,
  resultMediaType,
  SOURCES,
  TARGETS,
  targetsOf,
} from '#lib/vocabulary/formats.ts'
import { parseSettings } from '#lib/vocabulary/settings.ts'

const FAMILIES = ['presentation', 'document', 'spreadsheet', 'drawing']

describe('the table of formats', () => {
  it('names known sources and targets wherever an option has an effect, and each option has one', () => {
    for (const { name, where } of OPTIONS) {
      assert.ok(where.length > 0, name)
      for (const { sources, targets } of where) {
        for (const source of sources)
          assert.ok(FAMILIES.includes(source) || SOURCES.has(source), `${name}: ${source}`)
        for (const target of targets) assert.ok(target === '*' || TARGETS.has(target), `${name}: ${target}`)
      }
    }
  })

  it('has no option twice, and none that excludes or needs one that does not exist', () => {
    const names = OPTIONS.map(option => option.name)
    assert.equal(new Set(names).size, names.length)
    for (const { name, excludes = {}, needs = [] } of OPTIONS)
      for (const other of [...Object.keys(excludes), ...needs])
        assert.ok(names.includes(other), `${name}: ${other}`)
  })

  it('reaches every target from some source, by a filter that has a name or by its pages', () => {
    for (const [target, { filters, fromPages }] of TARGETS) {
      assert.ok(
        [...SOURCES.keys()].some(format => targetsOf(format).includes(target)),
        target,
      )
      for (const filter of Object.values(filters)) assert.ok(filter.length > 0, target)
      for (const family of fromPages) assert.ok(!(family in filters), `${target}: two ways for ${family}`)
    }
  })

  it('offers every source a PDF, and no other its own format again', () => {
    for (const format of SOURCES.keys()) {
      assert.ok(targetsOf(format).includes('pdf'), format)
      assert.ok(format === 'pdf' || !targetsOf(format).includes(format), format)
    }
    assert.deepEqual(targetsOf('exe'), [])
  })

  it('grants every preset for the sources that it fits', () => {
    for (const { name, target, options } of PRESETS)
      assert.deepEqual(parseSettings({ target, options }, 'pptx'), { target, options, secrets: {} }, name)
  })

  it('offers no form fields to an archive, no sheets to a CSV of one, no notes to a text', () => {
    const offers = (format: string, target: string, name: string) =>
      optionsOf(format, target).some(option => option.name === name)
    assert.ok(offers('docx', 'pdf', 'formFields') && !offers('docx', 'pdfa-2b', 'formFields'))
    assert.ok(offers('xlsx', 'csv', 'sheet') && !offers('tsv', 'csv', 'sheet'))
    assert.ok(offers('odp', 'pdf', 'notes') && !offers('odt', 'pdf', 'notes'))
  })
})

describe('a result', () => {
  it('is a zip unless exactly one page was asked for', () => {
    for (const pages of ['all', '1-2', '2-2', '1,3', '4-']) assert.ok(isBundle('png', { pages }), pages)
    assert.ok(!isBundle('png', {}) && !isBundle('svg', { pages: '12' }) && !isBundle('pdf', { pages: 'all' }))
    assert.deepEqual(
      [resultFileName('a.pptx', 'png', { pages: 'all' }), resultFileName('a.pptx', 'jpg')],
      ['a.zip', 'a.jpg'],
    )
    assert.equal(resultMediaType('svg', { pages: 'all' }), 'application/zip')
  })
})

describe('page numbers', () => {
  const cases: [string, number, number[]][] = [
    ['all', 3, [1, 2, 3]],
    ['2', 3, [2]],
    ['3,1', 3, [3, 1]],
    ['4,2-3,1', 4, [4, 2, 3, 1]],
    ['2-', 4, [2, 3, 4]],
    ['2-99', 4, [2, 3, 4]],
    ['3-1', 4, [3, 2, 1]],
    ['9-3', 4, [4, 3]],
  ]
  for (const [settings, total, numbers] of cases)
    it(`${settings} of ${total} are ${numbers.join(' ')}`, () => {
      assert.deepEqual(pageNumbers(settings, total), { numbers })
    })

  it('tell which page is missing', () => {
    assert.deepEqual(pageNumbers('1,5', 4), { numbers: [], missing: 5 })
    assert.deepEqual(pageNumbers('6-', 4), { numbers: [], missing: 6 })
    assert.deepEqual(pageNumbers('9-7', 4), { numbers: [], missing: 7 })
  })

  it('tell which page is named twice, however many there are', () => {
    const twice = {
      '3,1,3': 3,
      '1-3,5-2': 2,
      '5-,7': 7,
      '2-99,50': 50,
      '4-,6-': 6,
      '1,3-2,4-': undefined,
      all: undefined,
    }
    for (const [settings, page] of Object.entries(twice))
      assert.equal(pageNamedTwice(settings), page, settings)
  })
})

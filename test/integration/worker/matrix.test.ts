import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { type Family, SOURCES, targetsOf } from '#lib/vocabulary/formats.ts'
import { everySource, NOT_MADE } from './every-source.ts'
import { makeAndReadBack } from './read-back.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const SLOTS = 2
/** So many targets of each source beside PDF, others for the next one of its family. */
const IN_TURN = 2

/**
 * How a document is read does not depend on what is written then: each source is read, and each target of a family is
 * written from one source or another. `npm run proof -- matrix` makes all of each.
 */
function targetsInTurn(): Map<string, string[]> {
  const turns = new Map<Family, number>()
  return new Map(
    made().map(([format, { family }]) => {
      const others = targetsOf(format).filter(target => target !== 'pdf')
      const turn = turns.get(family) ?? 0
      turns.set(family, turn + IN_TURN)
      const own = Array.from({ length: IN_TURN }, (_, n) => others[(turn + n) % others.length] ?? '')
      return [format, ['pdf', ...own]]
    }),
  )
}

const made = () => [...SOURCES].filter(([format]) => !NOT_MADE.includes(format))

describe('every source', () => {
  const chosen = targetsInTurn()
  let testEngine: TestEngine
  let sources: Map<string, Buffer>
  before(async () => {
    testEngine = await openTestEngine('bwrap', { slots: SLOTS })
    const [made] = await Promise.all([everySource(), testEngine.engine.start()])
    sources = made
  })
  after(() => testEngine.close())

  it('is made by this test, and is found to be what it is', async () => {
    assert.deepEqual([...sources.keys(), ...NOT_MADE].sort(), [...SOURCES.keys()].sort())
    const found: string[] = []
    for (const [format, bytes] of sources)
      found.push((await scan(sourceOfBuffer(bytes), `file.${format}`)).format)
    assert.deepEqual(found, [...sources.keys()])
  })

  it('has its turn with some targets, and each target of its family with some source', () => {
    for (const { family } of SOURCES.values()) {
      const formats = made().flatMap(([format, source]) => (source.family === family ? [format] : []))
      const had = new Set(formats.flatMap(format => chosen.get(format) ?? []))
      for (const target of formats.flatMap(format => targetsOf(format)))
        assert.ok(had.has(target), `${family}: ${target}`)
    }
  })

  for (const [format, targets] of chosen)
    it(`${format} becomes ${targets.join(', ')}, which others can read`, async () => {
      await makeAndReadBack(
        testEngine,
        { bytes: sources.get(format) ?? '', format },
        { targets, slots: SLOTS },
      )
    })
})

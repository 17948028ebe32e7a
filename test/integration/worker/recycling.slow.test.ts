import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { until } from '#test/until.ts'
import { officeOf } from './office-of.ts'
import { startedTestEngines } from './started-test-engines.ts'
import { convert, officesRunning } from './test-engine.ts'
import { watched } from './watched.ts'

const NEXT = { bytes: 'next\n', format: 'txt' }

const started = startedTestEngines()

describe('recycling', () => {
  it('by documents fails no job and makes none wait for a start', async () => {
    const asked = performance.now()
    const testEngine = await started({ slots: 2, engineMaxDocs: 3 })
    const startMs = performance.now() - asked
    const offices = new Set<number>()
    const waits: number[] = []
    const one = async () => {
      const asked = performance.now()
      await testEngine.slots.use(async directory => {
        waits.push(performance.now() - asked)
        offices.add(await officeOf(directory))
        const sourcePath = join(directory, 'source.txt')
        await writeFile(sourcePath, NEXT.bytes)
        const signal = AbortSignal.timeout(30_000)
        await testEngine.engine.convert({
          sourcePath,
          format: 'txt',
          target: 'pdf',
          directory,
          signal,
          onProgress: () => {},
        })
      })
    }
    // Nobody waits for a start: on a busy machine it takes longer than many documents.
    const slot = async () => {
      for (let round = 0; round < 40 || offices.size <= 3; round++) await one()
    }
    await Promise.all([slot(), slot()])
    assert.ok(Math.max(...waits) < startMs, `waited ${Math.max(...waits)} ms, a start took ${startMs} ms`)
  })

  it('by memory replaces an engine that has grown', async () => {
    const testEngine = await started({ engineMaxRssBytes: 160e6 })
    const before = await until('two LibreOffices', async () => {
      const running = await officesRunning()
      return running.length === 2 && running
    })
    await convert(testEngine, { bytes: await deck({ slides: 20, pictures: 20 }), format: 'pptx' })
    await until('a fresh one', async () => {
      const running = await officesRunning()
      return running.length === 2 && running.some(office => !before.includes(office))
    })
  })

  it('with ENGINE_REUSE=never lets no LibreOffice see two documents', async () => {
    const testEngine = await started({ engineReuse: 'never' })
    const offices: number[] = []
    for (let round = 0; round < 4; round++)
      await watched(testEngine, NEXT, ({ phase }, office) => phase === 'loading' && offices.push(office))
    assert.equal(new Set(offices).size, 4)
  })
})

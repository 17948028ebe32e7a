import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fileTypeFromBuffer } from 'file-type'
import { PDF_TARGETS, SOURCES, targetsOf } from '#lib/formats.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { partsOf } from '#test/documents/archive.ts'
import { inflated, pageCount, pageText } from '#test/pdf.ts'
import { type Bench, make, openBench } from './bench.ts'
import { everySource, WORD } from './every-source.ts'

const SLOTS = 2
/** Their words are dots. */
const DOTS = ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp']
const MIMES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg' }
/** Folders and names of ours. */
const OF_THE_SLOT = /\/tmp\/|file:\/\/\/|\bsource\.[a-z]|\bdesk\b/
const PACKAGES = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp']

describe('every source', () => {
  let bench: Bench
  let sources: Map<string, Buffer>
  before(async () => {
    bench = await openBench('bwrap', { slots: SLOTS })
    const [made] = await Promise.all([everySource(), bench.engine.start()])
    sources = made
  })
  after(() => bench.close())

  it('is made by this test, and is found to be what it is', async () => {
    assert.deepEqual([...sources.keys()].sort(), [...SOURCES.keys()].sort())
    const found: string[] = []
    for (const [format, bytes] of sources)
      found.push((await scan(sourceOfBuffer(bytes), `file.${format}`)).format)
    assert.deepEqual(found, [...sources.keys()])
  })

  for (const format of SOURCES.keys())
    it(`${format} becomes every target that it offers, which others can read`, async () => {
      const waiting = targetsOf(format)
      const bytes = sources.get(format) ?? ''
      const work = async () => {
        for (let target = waiting.pop(); target; target = waiting.pop()) {
          const made = await make(bench, { bytes, format }, { target })
          await readBack(made.bytes, target, DOTS.includes(format)).catch(error => {
            throw new Error(`${format} to ${target}: ${error.message}`, { cause: error })
          })
        }
      }
      await Promise.all(Array.from({ length: SLOTS }, work))
    })
})

/** Opens a result with a reader that is not ours, and looks for the document's words where it has any. */
async function readBack(result: Buffer, target: string, hasNoWords: boolean): Promise<void> {
  const text = await textOf(result, target)
  assert.doesNotMatch(`${text ?? ''}${inflated(result)}`, OF_THE_SLOT)
  if (text !== undefined && !hasNoWords) assert.ok(text.includes(WORD), text.slice(0, 200))
}

async function textOf(result: Buffer, target: string): Promise<string | undefined> {
  if (PDF_TARGETS.includes(target)) {
    assert.ok((await pageCount(result)) > 0)
    return pageText(result)
  }
  if (PACKAGES.includes(target)) {
    assert.equal((await scan(sourceOfBuffer(result), `file.${target}`)).format, target)
    return Object.values(await partsOf(result)).join('\n')
  }
  if (target in MIMES) assert.equal((await fileTypeFromBuffer(result))?.mime, MIMES[target])
  else if (target === 'svg') assert.match(result.toString(), /^<\?xml[^>]*>\s*<svg [\s\S]*<\/svg>\s*$/)
  else return result.toString()
  return undefined
}

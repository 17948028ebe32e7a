import assert from 'node:assert/strict'
import { fileTypeFromBuffer } from 'file-type'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { partsOf } from '#test/documents/archive.ts'
import { inflated, pageCount, pageText } from '#test/pdf.ts'
import { WORD } from './every-source.ts'
import { make, type TestEngine, type TestSource } from './test-engine.ts'

/** Their words are dots. */
const DOTS = ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp']
const MIMES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg' }
/** Folders and names of ours. */
const OF_THE_SLOT = /\/tmp\/|file:\/\/\/|\bsource\.[a-z]|\bdesk\b/
const PACKAGES = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp']

/**
 * Converts a document of `everySource` into targets, as many at a time as there are slots; opens each result with a
 * reader that is not ours, and looks for the document's words where it has any.
 */
export async function makeAndReadBack(
  testEngine: TestEngine,
  source: TestSource,
  { targets, slots }: { targets: readonly string[]; slots: number },
): Promise<void> {
  const waiting = [...targets]
  const work = async () => {
    for (let target = waiting.pop(); target; target = waiting.pop()) {
      const made = await make(testEngine, source, { target })
      await readBack(made.bytes, target, DOTS.includes(source.format)).catch(error => {
        throw new Error(`${source.format} to ${target}: ${error.message}`, { cause: error })
      })
    }
  }
  await Promise.all(Array.from({ length: slots }, work))
}

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

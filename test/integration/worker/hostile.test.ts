import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { type Hostile, thieves } from '#test/documents/hostile.ts'
import { pageText } from '#test/pdf.ts'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'
import { openBait } from './bait.ts'
import { convert, openTestEngine, type TestEngine } from './test-engine.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

const NEXT = { bytes: 'next\n', format: 'txt' }

/** The scan lets it pass, for what it is: the engine has to hold it. */
async function assertPasses({ does, bytes, format }: Hostile): Promise<void> {
  const found = await scan(sourceOfBuffer(Buffer.from(bytes)), `a.${format}`)
  assert.equal(found.format, format, `a document that ${does}`)
}

/** The result, or nothing where the engine says no in words. */
async function converted(testEngine: TestEngine, { bytes, format }: Hostile): Promise<Buffer | undefined> {
  return convert(testEngine, { bytes, format }).then(
    ({ pdf }) => pdf,
    (error: unknown) => {
      if (error instanceof AppError && ['conversion_failed', 'bad_result'].includes(error.code))
        return undefined
      throw error
    },
  )
}

/** The same document in a LibreOffice as anybody starts it, to see that it does bite. */
async function convertUnjailed(
  { office, directory }: Soffice,
  { format, bytes }: { format: string; bytes: Buffer | string },
): Promise<Buffer | undefined> {
  const [source, result] = [join(directory, `source.${format}`), join(directory, 'result.pdf')]
  await writeFile(source, bytes)
  const document = await office.load(source, { filter: importFilter(format) })
  if (!document) return undefined
  const filter = exportFilter(await document.kind(), 'pdf') ?? ''
  await document.store(result, filter)
  await document.close()
  return readFile(result)
}

for (const mode of ['bwrap', 'landlock'] as const)
  describe(`a hostile document in the warm engine (${mode})`, { skip: WHY_NO_SANDBOX[mode] }, () => {
    let testEngine: TestEngine
    let hunting: Awaited<ReturnType<typeof openBait>>
    before(async () => {
      testEngine = await openTestEngine(mode)
      await testEngine.engine.start()
      hunting = await openBait(testEngine.scratchDir)
    })
    after(async () => {
      hunting?.close()
      await testEngine?.close()
    })

    it('gets at nothing, whatever its kind, and does no harm to the next one', async () => {
      for (const thief of await thieves(hunting.bait)) {
        const before = (await readdir(testEngine.scratchDir)).sort()
        await assertPasses(thief)
        const pdf = await converted(testEngine, thief)
        assert.deepEqual(await hunting.stolen(pdf), [], `a document that ${thief.does}`)
        assert.deepEqual((await readdir(testEngine.scratchDir)).sort(), before)
        assert.match(await pageText((await convert(testEngine, NEXT)).pdf), /next/)
      }
    })

    it('that is the secret itself under another name is not opened as what it is', async () => {
      const bytes = await readFile(new URL(hunting.bait.file))
      await assert.rejects(convert(testEngine, { bytes, format: 'odp' }), { code: 'conversion_failed' })
    })
  })

it('a hostile document gets at files and calls servers where there is neither sandbox nor hardened profile', async t => {
  const soffice = await startSoffice({}, async () => {})
  t.after(() => soffice.stop())
  const hunt = await openBait(soffice.directory)
  t.after(() => hunt.close())
  const loot = new Set<string>()
  for (const { format, bytes } of await thieves(hunt.bait)) {
    const pdf = await convertUnjailed(soffice, { format, bytes })
    for (const item of await hunt.stolen(pdf)) loot.add(item)
  }
  assert.ok(loot.has('read the file') && loot.has('called the server'), [...loot].join(', '))
})

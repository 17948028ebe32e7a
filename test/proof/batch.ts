/**
 * 200 files dropped in a real browser all finish, and come back as one archive whose every entry has the SHA-256 that
 * its job tells. The file that a second person drops in the middle finishes before a tenth of the rest. An archive of
 * more entries and bytes than plain zip can count is read back too. Option: `--files`.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openPromise } from 'yauzl'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { type ArchiveEntry, zipOf } from '#lib/zip-stream.ts'
import { drop, openBrowser } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { unpacked } from '#test/unpacked.ts'
import { until } from '#test/until.ts'
import { dropAsSecondPerson, overtaken, type SecondFile } from './batch/second-person.ts'

const { values: flags } = parseArgs({ options: { files: { type: 'string', default: '200' } } })
const FILES = Number(flags.files)
const DROP_TIMEOUT_MS = 20 * 60_000
const [LARGE_BYTES, SMALL_FILES] = [4.5e9, 70_000]

await manyFilesInABrowser()
await moreThanPlainZip()

async function manyFilesInABrowser(): Promise<void> {
  const dataDir = makeDataDir()
  const instance = await startInstance({ dataDir, recorded: false, env: {} })
  const browser = await openBrowser()
  try {
    await instance.ready()
    const { url } = instance
    const page = await browser.newPage()
    await page.goto(url)
    await page.getByText('Live', { exact: true }).waitFor()
    const turn = dropMany(page).then(() => thirdIsDone(page, url))
    const [second] = await Promise.all([dropAsSecondPerson(browser, { url, turn }), turn])
    await page.locator('li[data-batch]').getByText(`${FILES}\u00a0done`).waitFor({ timeout: DROP_TIMEOUT_MS })
    const jobs = await jobsOf(url, await batchIdOf(page))
    await checkArchive(page, jobs)
    checkTurn(jobs, second)
  } finally {
    await browser.close()
    await instance.end('SIGTERM')
    await clearAway(dataDir)
  }
}

async function dropMany(page: Page): Promise<void> {
  const bytes = await deck({ slides: 1 })
  await drop(
    page,
    Array.from({ length: FILES }, (_, n) => ({ name: `Deck ${n}.pptx`, bytes })),
  )
}

async function thirdIsDone(page: Page, url: string): Promise<void> {
  const id = await batchIdOf(page)
  const isSo = async () => {
    const { counts } = await (await fetch(`${url}/api/batches/${id}?limit=1`)).json()
    return counts?.completed >= FILES / 3
  }
  await until('a third is done', isSo, DROP_TIMEOUT_MS)
}

async function batchIdOf(page: Page): Promise<string> {
  return (await page.locator('li[data-batch]').getAttribute('data-batch', { timeout: DROP_TIMEOUT_MS })) ?? ''
}

async function checkArchive(page: Page, jobs: readonly Snapshot[]): Promise<void> {
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download all' }).click()
  const files = await unpacked(await readFile(await (await saving).path()))
  // Fonts that are missing here are told there.
  files.delete('report.txt')
  const expected = jobs.map(({ result }) => [result?.fileName, result?.sha256]).toSorted()
  const found = [...files].map(([name, content]) => [name, sha256(content)]).toSorted()
  assert.equal(found.length, FILES)
  assert.deepEqual(found, expected)
  console.log(`  ✓ ${FILES} files dropped, ${found.length} results in one archive, each as its job tells`)
}

function checkTurn(jobs: readonly Snapshot[], second: SecondFile): void {
  const { left, before } = overtaken(jobs, second)
  const after = (time: number) => `${((time - second.droppedAt) / 1000).toFixed(1)} s`
  console.log(
    `  a second person's file was sent after ${after(second.createdAt)}, started after ${after(second.startedAt)}, done after ${after(second.finishedAt)}`,
  )
  console.log(`  ${before} of the other ${left} files were done before it`)
  assert.ok(before < left / 10)
}

async function jobsOf(url: string, batchId: string): Promise<Snapshot[]> {
  const jobs: Snapshot[] = []
  let after = ''
  do {
    const page = await (await fetch(`${url}/api/batches/${batchId}?limit=200${after}`)).json()
    jobs.push(...page.jobs)
    after = page.next ? `&after=${page.next}` : ''
  } while (after)
  return jobs
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function moreThanPlainZip(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-zip64-'))
  try {
    const path = join(folder, 'large.zip')
    await pipeline(Readable.from(zipOf(manyEntries()), { objectMode: false }), createWriteStream(path))
    const zip = await openPromise(path, { lazyEntries: true })
    let [count, large] = [0, 0]
    for await (const entry of zip.eachEntry()) {
      count++
      large = Math.max(large, entry.uncompressedSize)
    }
    assert.deepEqual([count, large], [SMALL_FILES + 1, LARGE_BYTES])
    console.log(`  ✓ an archive of ${count} entries, one of ${large} bytes, is read back`)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function* manyEntries(): AsyncGenerator<ArchiveEntry> {
  const modified = new Date()
  const zeros = Buffer.alloc(1_000_000)
  const content = Readable.from(
    (function* () {
      for (let n = 0; n < LARGE_BYTES / zeros.length; n++) yield zeros
    })(),
  )
  yield { name: 'large', modified, bytes: LARGE_BYTES, deflate: true, content }
  for (let n = 0; n < SMALL_FILES; n++)
    yield {
      name: `small/${n}`,
      modified,
      bytes: 1,
      deflate: false,
      content: Readable.from([zeros.subarray(0, 1)]),
    }
}

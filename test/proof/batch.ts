/**
 * 200 files dropped in a real browser all finish, and come back as one archive whose every entry has the SHA-256 that
 * its job tells. An archive of more entries and bytes than plain zip can count is read back too.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { type ArchiveEntry, zipOf } from '#lib/zip-stream.ts'
import { drop, openBrowser } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { unpacked } from '#test/unpacked.ts'

const FILES = 200
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
    const page = await browser.newPage()
    await page.goto(instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
    const bytes = await deck({ slides: 1 })
    await drop(
      page,
      Array.from({ length: FILES }, (_, n) => ({ name: `Deck ${n}.pptx`, bytes })),
    )
    await page.locator('li[data-batch]').getByText(`${FILES}\u00a0done`).waitFor({ timeout: DROP_TIMEOUT_MS })
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download all' }).click()
    const files = await unpacked(await readFile(await (await saving).path()))
    // Fonts that are missing here are told there.
    files.delete('report.txt')
    const batchId = await page.locator('li[data-batch]').getAttribute('data-batch')
    const jobs = await jobsOf(instance.url, batchId ?? '')
    const expected = jobs.map(({ result }) => [result?.fileName, result?.sha256]).toSorted()
    const found = [...files].map(([name, content]) => [name, sha256(content)]).toSorted()
    assert.equal(found.length, FILES)
    assert.deepEqual(found, expected)
    console.log(`  ✓ ${FILES} files dropped, ${found.length} results in one archive, each as its job tells`)
  } finally {
    await browser.close()
    await instance.end('SIGTERM')
    await clearAway(dataDir)
  }
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

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createDatabase } from '#test/create-database.ts'
import { writeBigDeck } from '#test/documents/deck.ts'
import { Random } from '#test/random.ts'
import { clearAway, makeDataDir } from '#test/test-instance.ts'
import { finishUpload, offsetOf, openedUpload, openPart, sendPart } from '#test/tus.ts'
import { startWeb, type Web } from '#test/web.ts'

const CUTS = 50
/** At every so many cuts it is the web process that dies, with -9 and by request in turns. */
const RESTART_EVERY = 6
const PART_BYTES = 8 * 1024 * 1024
const FILE_BYTES = 24_000_000
const random = new Random(20_261_121)

describe('an upload over a line that breaks again and again, to a server that restarts', () => {
  const dataDir = makeDataDir()
  let database: Awaited<ReturnType<typeof createDatabase>>
  let web: Web
  before(async () => {
    database = await createDatabase()
    web = await startWeb({ dataDir, databaseUrl: database.url })
  })
  after(async () => {
    await web?.end()
    await clearAway(dataDir)
    await database.drop()
  })

  /** Sends some of the bytes from `offset` on and then breaks off in the middle of the part. */
  async function sendAndCut(id: string, offset: number, file: Buffer): Promise<void> {
    const length = Math.min(PART_BYTES, file.length - offset)
    const sent = 1 + random.below(Math.min(length - 1, (2 * FILE_BYTES) / CUTS))
    const part = openPart(web.url, id, { offset, length })
    await new Promise<void>(resolve => part.write(file.subarray(offset, offset + sent), () => resolve()))
    // Sometimes at once, sometimes when some of it has been stored.
    await pause(random.below(12))
    part.destroy()
  }

  it('arrives whole: every byte that was said to be here is here, and the SHA-256 is right', async () => {
    const path = join(dataDir, 'big.pptx')
    await writeBigDeck(path, FILE_BYTES)
    const file = readFileSync(path)
    const id = await openedUpload(web.url, file.length)
    const offsets: number[] = []
    for (let cut = 1; cut <= CUTS; cut++) {
      const offset = await offsetOf(web.url, id)
      assert.ok(offset >= (offsets.at(-1) ?? 0), 'what was said to be here stays here')
      offsets.push(offset)
      if (cut % RESTART_EVERY === 0) {
        const signal = cut % (2 * RESTART_EVERY) === 0 ? 'SIGKILL' : 'SIGTERM'
        await Promise.all([sendAndCut(id, offset, file), web.restart(signal)])
      } else await sendAndCut(id, offset, file)
    }
    assert.ok(new Set(offsets).size > CUTS / 2, 'most parts brought something before they were cut')
    assert.ok((offsets.at(-1) ?? 0) < file.length)
    for (let at = await offsetOf(web.url, id); at < file.length; at += PART_BYTES)
      assert.equal(
        (await sendPart(web.url, id, { offset: at, bytes: file.subarray(at, at + PART_BYTES) })).status,
        204,
      )
    const answer = await finishUpload(web.url, { uploadId: id, fileName: 'big.pptx' })
    assert.equal(answer.status, 202)
    const { source } = await answer.json()
    assert.deepEqual([source.bytes, source.sha256], [file.length, sha256(file)])
    assert.equal(sha256(readFileSync(join(dataDir, 'files', 'jobs', id, 'source'))), sha256(file))
  })

  it('leaves nothing but the source of its job', async () => {
    const entries = await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true })
    assert.deepEqual(
      entries.filter(entry => entry.isFile()).map(entry => entry.name),
      ['source'],
    )
  })
})

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createDatabase } from '#test/create-database.ts'
import { deck } from '#test/documents/deck.ts'
import { clearAway, makeDataDir } from '#test/test-instance.ts'
import {
  answerOf,
  askUpload,
  deleteUpload,
  finishUpload,
  offsetOf,
  openedUpload,
  openPart,
  openUpload,
  sendPart,
} from '#test/tus.ts'
import { until } from '#test/until.ts'
import { startWeb, type Web } from '#test/web.ts'

const OWNER_UPLOADS = 2

describe('two web processes on one DATA_DIR and one database', () => {
  const dataDir = makeDataDir()
  let database: Awaited<ReturnType<typeof createDatabase>>
  let one: Web
  let two: Web
  before(async () => {
    database = await createDatabase()
    const options = {
      dataDir,
      databaseUrl: database.url,
      env: { OWNER_UPLOADS: String(OWNER_UPLOADS) },
    }
    one = await startWeb(options)
    two = await startWeb(options)
  })
  after(async () => {
    await Promise.all([one?.end(), two?.end()])
    await clearAway(dataDir)
    await database.drop()
  })

  const formsDir = join(dataDir, 'files', '.forms')
  const sourceOf = (id: string) => join(dataDir, 'files', 'jobs', id, 'source')
  const arrived = (id: string) => statSync(sourceOf(id), { throwIfNoEntry: false })?.size ?? 0
  const cookie = async () => ({
    cookie: ((await fetch(one.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  })
  const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code]

  it('take the parts of one upload in turns, and either makes it a job', async () => {
    const mine = await cookie()
    const pptx = await deck({ slides: 3 })
    const id = await openedUpload(one.url, pptx.length, mine)
    const step = Math.ceil(pptx.length / 5)
    for (let n = 0; n < 5; n++) {
      const [web, other] = n % 2 ? [one, two] : [two, one]
      const bytes = pptx.subarray(n * step, (n + 1) * step)
      assert.equal((await sendPart(web.url, id, { offset: n * step, bytes, headers: mine })).status, 204)
      const asked = await askUpload(other.url, id, mine)
      assert.deepEqual(
        [asked.status, asked.headers.get('upload-offset')],
        [200, String(n * step + bytes.length)],
      )
    }
    const answers = await Promise.all(
      [one, two].map(web => finishUpload(web.url, { uploadId: id, fileName: 'deck.pptx' }, mine)),
    )
    for (const answer of answers) {
      assert.equal(answer.status, 202)
      const job = await answer.json()
      const sha256 = createHash('sha256').update(pptx).digest('hex')
      assert.deepEqual([job.id, job.source.bytes, job.source.sha256], [id, pptx.length, sha256])
    }
    for (const web of [one, two]) {
      assert.equal((await askUpload(web.url, id, mine)).status, 404)
      assert.equal((await deleteUpload(web.url, id, mine)).status, 404)
    }
    assert.equal(arrived(id), pptx.length)
  })

  it('let a newer request at one cut an older one at the other: they never mix', async () => {
    const id = await openedUpload(one.url, 1_000_000)
    const older = openPart(one.url, id, { offset: 0, length: 1_000_000 })
    older.write(Buffer.alloc(300_000, 'a'))
    await until('the older one is under way', () => arrived(id) === 300_000)
    const cut = answerOf(older)
    const newer = await sendPart(two.url, id, { offset: 300_000, bytes: Buffer.alloc(700_000, 'b') })
    assert.deepEqual(await cut, [409, 'upload_taken_over'])
    assert.equal(newer.status, 204)
    const expected = Buffer.concat([Buffer.alloc(300_000, 'a'), Buffer.alloc(700_000, 'b')])
    assert.ok(readFileSync(sourceOf(id)).equals(expected))
    await deleteUpload(one.url, id)
  })

  it('go on with what the other one was taking when it was killed', async () => {
    const id = await openedUpload(two.url, 1000)
    const part = openPart(two.url, id, { offset: 0, length: 1000 })
    part.write(Buffer.alloc(400))
    await until('it is under way', () => arrived(id) === 400)
    await two.restart('SIGKILL')
    assert.equal(await offsetOf(one.url, id), 400)
    assert.equal((await sendPart(one.url, id, { offset: 400, bytes: Buffer.alloc(600) })).status, 204)
    assert.equal(await offsetOf(two.url, id), 1000)
    assert.equal((await deleteUpload(two.url, id)).status, 204)
    assert.equal((await askUpload(one.url, id)).status, 404)
  })

  it('count the uploads of an owner together, and notice when one ends at the other', async () => {
    const [mine, theirs] = [await cookie(), await cookie()]
    const first = await openedUpload(one.url, 10, mine)
    await openedUpload(two.url, 10, mine)
    for (const web of [one, two]) {
      assert.deepEqual(await codeOf(await openUpload(web.url, 10, { headers: mine })), [
        429,
        'too_many_uploads',
      ])
      assert.equal((await askUpload(web.url, first, theirs)).status, 404, 'nobody else sees it')
    }
    await deleteUpload(two.url, first, mine)
    assert.equal((await openUpload(one.url, 10, { headers: mine })).status, 201)
  })

  it('count a form that comes to one while uploads are opened at the other', async () => {
    const mine = await cookie()
    await openedUpload(one.url, 10, mine)
    const headers = { ...mine, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 1000 }
    const form = request(`${two.url}/api/jobs`, { method: 'POST', headers, agent: false })
    form.on('error', () => {}) // it is made to be cut
    form.write('--x\r\n')
    // No look from outside before: an upload opened for it would count against the form.
    await until('the form is under way', async () => (await readdir(formsDir)).length > 0)
    assert.deepEqual(await codeOf(await openUpload(one.url, 10, { headers: mine })), [
      429,
      'too_many_uploads',
    ])
    form.destroy()
    await until('the form is counted no more', async () => {
      return (await openUpload(one.url, 10, { headers: mine })).status === 201
    })
  })

  it('leave no lock behind', async () => {
    for (const name of ['.locks', '.forms', '.partial'])
      assert.deepEqual(await readdir(join(dataDir, 'files', name)), [], name)
  })
})

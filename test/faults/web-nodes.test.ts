import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { AWS_BACK_ENDS } from '#test/aws-back-ends.ts'
import type { OpenBackEnd } from '#test/back-end.ts'
import { clearAway, makeDataDir } from '#test/test-instance.ts'
import { answerOf, finishUpload, offsetOf, openedUpload, openPart, sendPart } from '#test/tus.ts'
import { until } from '#test/until.ts'
import { startWeb, type Web } from '#test/web.ts'

const MB = 1_000_000
const SHARED = { SECRET: 's'.repeat(32), ADMIN_TOKEN: 'token-of-the-operator', MAX_UPLOAD_MB: '100' }

const letters = (bytes: number) => Buffer.from(randomBytes(bytes / 2).toString('hex'))

for (const backEnd of AWS_BACK_ENDS)
  describe(`two web nodes without a common disk, over ${backEnd.name}`, { skip: backEnd.skip }, () => {
    const dataDirs = [makeDataDir(), makeDataDir()]
    let opened: OpenBackEnd
    let one: Web
    let two: Web

    before(async () => {
      opened = await backEnd.open()
      const env = { ...SHARED, ...opened.env }
      const start = (dataDir = '') => startWeb({ dataDir, databaseUrl: opened.env.DATABASE_URL ?? '', env })
      one = await start(dataDirs[0])
      two = await start(dataDirs[1])
    })
    after(async () => {
      await Promise.all([one?.end(), two?.end()])
      for (const dataDir of dataDirs) await clearAway(dataDir)
      await opened.close()
    })

    async function becomesJob(web: Web, uploadId: string, file: Buffer): Promise<void> {
      const answer = await finishUpload(web.url, { uploadId, fileName: 'letters.txt' })
      assert.equal(answer.status, 202, await answer.clone().text())
      const { source } = await answer.json()
      const sha256 = createHash('sha256').update(file).digest('hex')
      assert.deepEqual([source.bytes, source.sha256], [file.length, sha256])
    }

    it('take the parts of one upload in turns', async () => {
      const file = letters(100_000)
      const id = await openedUpload(one.url, file.length)
      const step = Math.ceil(file.length / 4)
      for (let n = 0; n < 4; n++) {
        const [web, other] = n % 2 ? [one, two] : [two, one]
        const bytes = file.subarray(n * step, (n + 1) * step)
        assert.equal((await sendPart(web.url, id, { offset: n * step, bytes })).status, 204)
        assert.equal(await offsetOf(other.url, id), n * step + bytes.length)
      }
      await becomesJob(one, id, file)
    })

    it('go on with what the other one was taking when it was killed', async () => {
      const file = letters(30 * MB)
      const id = await openedUpload(two.url, file.length)
      assert.equal((await sendPart(two.url, id, { offset: 0, bytes: file.subarray(0, MB) })).status, 204)
      const part = openPart(two.url, id, { offset: MB, length: file.length - MB })
      part.write(file.subarray(MB, 25 * MB))
      await until('some of it is kept', async () => (await offsetOf(one.url, id)) > 8 * MB)
      await two.restart('SIGKILL')
      const offset = await offsetOf(one.url, id)
      assert.equal((await sendPart(one.url, id, { offset, bytes: file.subarray(offset) })).status, 204)
      await becomesJob(two, id, file)
    })

    it('let a newer request at one cut an older one at the other: they never mix', async () => {
      const file = letters(20 * MB)
      const id = await openedUpload(one.url, file.length)
      const older = openPart(one.url, id, { offset: 0, length: file.length })
      const cut = answerOf(older)
      older.write(Buffer.alloc(18 * MB, 'a'))
      await until('the older one is under way', async () => (await offsetOf(two.url, id)) > 0)
      await sendPart(two.url, id, { offset: 0, bytes: Buffer.alloc(0) })
      assert.deepEqual(await cut, [409, 'upload_taken_over'])
      const offset = await offsetOf(two.url, id)
      const sent = await sendPart(two.url, id, { offset, bytes: file.subarray(offset) })
      assert.equal(sent.status, 204)
      await becomesJob(one, id, Buffer.concat([Buffer.alloc(offset, 'a'), file.subarray(offset)]))
    })
  })

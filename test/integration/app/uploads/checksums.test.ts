import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { sourceKey } from '#lib/jobs.ts'
import { startTestServer } from '#test/test-server.ts'
import { offsetOf, openedUpload, sendPart } from '#test/tus.ts'

const sha1 = (data: Buffer) => createHash('sha1').update(data).digest('base64')
const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code]

describe('checksums of parts', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let url: string
  before(async () => {
    testServer = await startTestServer()
    url = testServer.url
  })
  after(() => testServer.close())

  it('let a part through that is what was announced', async () => {
    const data = Buffer.from('as it was sent')
    const id = await openedUpload(url, data.length)
    const headers = { 'upload-checksum': `sha1 ${sha1(data)}` }
    assert.equal((await sendPart(url, id, { offset: 0, bytes: data, headers })).status, 204)
  })

  it('drop a part that is not, with 460, and let it be sent again', async () => {
    const data = Buffer.from('first part, second part')
    const id = await openedUpload(url, data.length)
    await sendPart(url, id, { offset: 0, bytes: data.subarray(0, 10) })
    const wrong = { 'upload-checksum': `sha1 ${sha1(data)}` }
    assert.deepEqual(
      await codeOf(await sendPart(url, id, { offset: 10, bytes: data.subarray(10), headers: wrong })),
      [460, 'checksum_mismatch'],
    )
    assert.equal(await offsetOf(url, id), 10)
    assert.equal((await sendPart(url, id, { offset: 10, bytes: data.subarray(10) })).status, 204)
    assert.deepEqual(await buffer(await testServer.storage.read(sourceKey(id))), data)
  })

  it('are refused with 400 by a method that nobody announced', async () => {
    const id = await openedUpload(url, 1)
    const answer = await sendPart(url, id, {
      offset: 0,
      bytes: Buffer.from('x'),
      headers: { 'upload-checksum': 'crc32 AAAAAA==' },
    })
    assert.deepEqual(await codeOf(answer), [400, 'invalid_request'])
    assert.equal(await offsetOf(url, id), 0)
  })
})

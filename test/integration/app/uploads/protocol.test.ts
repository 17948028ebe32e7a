import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { sourceKey } from '#lib/jobs.ts'
import { startTestServer } from '#test/test-server.ts'
import {
  answerOf,
  askUpload,
  deleteUpload,
  offsetOf,
  openedUpload,
  openPart,
  openUpload,
  PART,
  sendPart,
} from '#test/tus.ts'
import { until } from '#test/until.ts'

describe('resumable uploads by tus 1.0', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let url: string
  before(async () => {
    testServer = await startTestServer({ MAX_UPLOAD_MB: '3' })
    url = testServer.url
  })
  after(() => testServer.close())

  const stored = async (id: string) => buffer(await testServer.storage.read(sourceKey(id)))
  const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code]

  describe('every answer', () => {
    it('says what the server can to OPTIONS, without being asked for a version', async () => {
      const answer = await fetch(`${url}/api/uploads`, { method: 'OPTIONS' })
      assert.equal(answer.status, 204)
      assert.equal(answer.headers.get('tus-version'), '1.0.0')
      assert.equal(answer.headers.get('tus-max-size'), '3000000')
      assert.equal(
        answer.headers.get('tus-extension'),
        'creation,creation-with-upload,expiration,termination,checksum',
      )
      assert.ok(answer.headers.get('tus-checksum-algorithm')?.split(',').includes('sha1'))
    })

    it('carries Tus-Resumable, a refusal as well', async () => {
      for (const answer of [
        await openUpload(url, 1),
        await openUpload(url, 'many'),
        await askUpload(url, 'x'),
      ])
        assert.equal(answer.headers.get('tus-resumable'), '1.0.0')
    })

    it('is 412 with the version to use where Tus-Resumable is missing or another, and nothing is done', async () => {
      const id = await openedUpload(url, 4)
      for (const headers of [{ 'tus-resumable': '0.2.2' }, { 'tus-resumable': '' }]) {
        for (const answer of [
          await openUpload(url, 4, { headers }),
          await sendPart(url, id, { offset: 0, bytes: Buffer.from('four'), headers }),
          await deleteUpload(url, id, headers),
        ]) {
          assert.equal(answer.headers.get('tus-version'), '1.0.0')
          assert.deepEqual(await codeOf(answer), [412, 'unsupported_protocol'])
        }
        assert.equal((await askUpload(url, id, headers)).status, 412)
      }
      assert.equal(await offsetOf(url, id), 0)
    })

    it('is for our own pages only, and opens no door to other websites', async () => {
      const foreign = { origin: 'https://evil.example' }
      assert.deepEqual(await codeOf(await openUpload(url, 4, { headers: foreign })), [403, 'foreign_origin'])
      const own = await openUpload(url, 4, { headers: { origin: url } })
      assert.deepEqual([own.status, own.headers.get('access-control-allow-origin')], [201, null])
    })
  })

  describe('creation', () => {
    it('answers 201 with a relative Location and the time until which it is kept', async () => {
      const answer = await openUpload(url, 10)
      assert.equal(answer.status, 201)
      assert.match(answer.headers.get('location') ?? '', /^\/api\/uploads\/[0-9a-f-]{36}$/)
      const left = Date.parse(answer.headers.get('upload-expires') ?? '') - Date.now()
      assert.ok(left > 23.9 * 3_600_000 && left <= 24 * 3_600_000)
    })

    it('takes the first bytes with it', async () => {
      const answer = await openUpload(url, 10, {
        headers: { 'content-type': PART },
        body: Buffer.from('first'),
      })
      assert.deepEqual([answer.status, answer.headers.get('upload-offset')], [201, '5'])
      const id = answer.headers.get('location')?.split('/').at(-1) ?? ''
      assert.equal((await sendPart(url, id, { offset: 5, bytes: Buffer.from(' last') })).status, 204)
      assert.equal((await stored(id)).toString(), 'first last')
    })

    it('opens an upload of nothing, which is complete at once', async () => {
      const id = await openedUpload(url, 0)
      const answer = await askUpload(url, id)
      assert.deepEqual([answer.headers.get('upload-offset'), answer.headers.get('upload-length')], ['0', '0'])
    })

    it('is refused with 413 beyond the limit, and with 400 without a length, with a wrong one, or a deferred one', async () => {
      assert.equal((await openUpload(url, 3_000_000)).status, 201)
      assert.deepEqual(await codeOf(await openUpload(url, 3_000_001)), [413, 'too_large'])
      for (const length of ['', '-1', '1.5', 'abc', '99999999999999999999'])
        assert.ok([400, 413].includes((await openUpload(url, length)).status), length)
      const deferred = await fetch(`${url}/api/uploads`, {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'upload-defer-length': '1' },
      })
      assert.deepEqual(await codeOf(deferred), [400, 'invalid_request'])
    })

    it('refuses metadata that is not pairs of a name and base64', async () => {
      for (const metadata of ['name not/base64!', 'name dGV4dA==,name dGV4dA==', ' '])
        assert.equal(
          (await openUpload(url, 4, { headers: { 'upload-metadata': metadata } })).status,
          400,
          metadata,
        )
    })
  })

  describe('HEAD', () => {
    it('answers with offset, length and the metadata as sent, and is never cached', async () => {
      const metadata = `filename ${Buffer.from('Überblick.pptx').toString('base64')},is_draft`
      const id = await openedUpload(url, 10, { 'upload-metadata': metadata })
      await sendPart(url, id, { offset: 0, bytes: Buffer.from('four') })
      const answer = await askUpload(url, id)
      assert.equal(answer.status, 200)
      const said = ['upload-offset', 'upload-length', 'upload-metadata', 'cache-control']
      assert.deepEqual(
        said.map(name => answer.headers.get(name)),
        ['4', '10', metadata, 'no-store'],
      )
    })

    it('knows no upload under a foreign or a strange number, and neither do PATCH and DELETE', async () => {
      for (const id of [randomUUID(), 'x', '..%2f..%2fetc', '%00']) {
        assert.equal((await askUpload(url, id)).status, 404, id)
        assert.deepEqual(await codeOf(await sendPart(url, id, { offset: 0, bytes: Buffer.from('x') })), [
          404,
          'upload_not_found',
        ])
        assert.deepEqual(await codeOf(await deleteUpload(url, id)), [404, 'upload_not_found'])
      }
    })
  })

  describe('PATCH', () => {
    it('appends and says where to go on', async () => {
      const data = randomBytes(2_500_000)
      const id = await openedUpload(url, data.length)
      for (let at = 0; at < data.length; at += 700_000) {
        const part = data.subarray(at, at + 700_000)
        const answer = await sendPart(url, id, { offset: at, bytes: part })
        assert.deepEqual(
          [answer.status, answer.headers.get('upload-offset')],
          [204, String(at + part.length)],
        )
      }
      assert.deepEqual(await stored(id), data)
    })

    it('is refused with 409 at a wrong offset, names the right one, and changes nothing', async () => {
      const id = await openedUpload(url, 10)
      await sendPart(url, id, { offset: 0, bytes: Buffer.from('four') })
      for (const offset of [0, 3, 5]) {
        const problem = await (await sendPart(url, id, { offset, bytes: Buffer.from('xx') })).json()
        assert.deepEqual([problem.status, problem.code], [409, 'wrong_offset'])
        assert.match(problem.message, new RegExp(`at byte 4, not ${offset}`))
      }
      assert.equal((await stored(id)).toString(), 'four')
    })

    it('is refused with 415 for another kind of body and with 400 without a sound offset', async () => {
      const id = await openedUpload(url, 10)
      const other = await sendPart(url, id, {
        offset: 0,
        bytes: Buffer.from('x'),
        headers: { 'content-type': 'text/plain' },
      })
      assert.deepEqual(await codeOf(other), [415, 'unsupported_media_type'])
      for (const offset of ['', '-1', '1.5', 'x'])
        assert.equal(
          (
            await sendPart(url, id, {
              offset: 0,
              bytes: Buffer.from('x'),
              headers: { 'upload-offset': offset },
            })
          ).status,
          400,
        )
      assert.equal(await offsetOf(url, id), 0)
    })

    it('is refused with 413 where it brings more than was announced, also without a Content-Length', async () => {
      const id = await openedUpload(url, 10)
      assert.deepEqual(await codeOf(await sendPart(url, id, { offset: 0, bytes: Buffer.alloc(11) })), [
        413,
        'more_than_announced',
      ])
      const part = openPart(url, id, { offset: 0, length: 0 })
      part.removeHeader('content-length')
      part.end(Buffer.alloc(11))
      assert.deepEqual(await answerOf(part), [413, 'more_than_announced'])
      assert.ok((await offsetOf(url, id)) <= 10)
    })

    it('keeps what arrived before the line went dead', async () => {
      const data = randomBytes(1_000_000)
      const id = await openedUpload(url, data.length)
      const part = openPart(url, id, { offset: 0, length: data.length })
      part.write(data.subarray(0, 400_000))
      await until(
        'all of it is stored',
        async () => (await testServer.storage.size(sourceKey(id))) === 400_000,
      )
      part.destroy()
      assert.equal(await offsetOf(url, id), 400_000)
      assert.equal((await sendPart(url, id, { offset: 400_000, bytes: data.subarray(400_000) })).status, 204)
      assert.deepEqual(await stored(id), data)
    })

    it('gives way to a newer one on the same upload: they never mix', async () => {
      const id = await openedUpload(url, 1_000_000)
      const older = openPart(url, id, { offset: 0, length: 1_000_000 })
      older.write(Buffer.alloc(300_000, 'a'))
      await until(
        'the older one is under way',
        async () => (await testServer.storage.size(sourceKey(id))) === 300_000,
      )
      const cut = answerOf(older)
      const newer = await sendPart(url, id, { offset: 300_000, bytes: Buffer.alloc(700_000, 'b') })
      assert.deepEqual(await cut, [409, 'upload_taken_over'])
      assert.equal(newer.status, 204)
      assert.deepEqual(
        await stored(id),
        Buffer.concat([Buffer.alloc(300_000, 'a'), Buffer.alloc(700_000, 'b')]),
      )
    })

    it('frees an upload that hangs on a dead line when its sender asks where it stands', async () => {
      const id = await openedUpload(url, 1000)
      const dead = openPart(url, id, { offset: 0, length: 1000 })
      dead.write(Buffer.alloc(100))
      await until('it is under way', async () => (await testServer.storage.size(sourceKey(id))) === 100)
      assert.equal(await offsetOf(url, id), 100)
      dead.destroy()
    })
  })

  it('takes a POST that says that it is a PATCH or a DELETE, for proxies that know neither', async () => {
    const id = await openedUpload(url, 4)
    const post = (method: string, headers = {}) =>
      fetch(`${url}/api/uploads/${id}`, {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'x-http-method-override': method, ...headers },
        body: method === 'PATCH' ? 'four' : null,
      })
    assert.equal((await post('PATCH', { 'upload-offset': '0', 'content-type': PART })).status, 204)
    assert.equal(await offsetOf(url, id), 4)
    assert.equal((await post('DELETE')).status, 204)
    assert.equal((await askUpload(url, id)).status, 404)
  })

  it('deletes an upload that is given up, with all that is here of it', async () => {
    const id = await openedUpload(url, 10)
    await sendPart(url, id, { offset: 0, bytes: Buffer.from('four') })
    const answer = await deleteUpload(url, id)
    assert.equal(answer.status, 204)
    assert.equal((await askUpload(url, id)).status, 404)
    assert.equal(await testServer.storage.size(sourceKey(id)), undefined)
  })
})

import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { sourceKey } from '#lib/jobs.ts'
import type { UploadSpool } from '#lib/spool.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { refusal } from '#test/stored-bytes.ts'
import { until } from '#test/until.ts'
import { newUploadRecord } from '../spool-conformance.ts'

interface SpoolsInBucket {
  spool: UploadSpool
  /** As another process has it. */
  beside: UploadSpool
  storage: ObjectStore
  keys(): Promise<string[]>
}

/** The methods of the requests that this process begins until the test ends. */
function requestsIn(t: TestContext): string[] {
  const methods: string[] = []
  const onRequest = (message: unknown) =>
    void methods.push((message as { request: { method: string } }).request.method)
  subscribe('http.client.request.start', onRequest)
  t.after(() => unsubscribe('http.client.request.start', onRequest))
  return methods
}

/** What of an upload that one process opens and goes on with costs no requests, and what holds all the same. */
export function uploadsOfOneProcess(opened: () => SpoolsInBucket): void {
  const append = (to: UploadSpool, id: string, { data, offset = 0 }: { data: Buffer; offset?: number }) =>
    to.append(id, Readable.from([data]), { offset })

  describe('that one process goes on with', () => {
    it('one that comes at once costs one request for its record and one for its bytes', async t => {
      const { spool, storage } = opened()
      const record = newUploadRecord({ length: 5 })
      const { id } = record
      const asked = requestsIn(t)
      await spool.open(record)
      const first = await spool.lock(id, { atSize: 0 })
      assert.equal(await append(spool, id, { data: Buffer.from('whole') }), 5)
      first.release()
      const second = await spool.lock(id, { atSize: 5 })
      assert.deepEqual(await spool.find(id, { fromMemory: true }), record)
      assert.equal(await spool.size(id), 5)
      await spool.finish(id)
      second.release()
      assert.deepEqual(asked, ['PUT', 'PUT'])
      assert.equal((await buffer(await storage.read(sourceKey(id)))).toString(), 'whole')
    })

    it('who goes on with an upload of this process without asking others hears of them all the same', async () => {
      const { spool, beside } = opened()
      const record = newUploadRecord({ length: 10 })
      const { id } = record
      await spool.open(record)
      const quiet = await spool.lock(id, { atSize: 0 })
      const newer = await beside.lock(id)
      if (!quiet.signal.aborted) await once(quiet.signal, 'abort')
      await append(beside, id, { data: Buffer.from('newer') })
      await assert.rejects(append(spool, id, { data: Buffer.from('quiet') }), refusal('upload_taken_over'))
      for (const each of [quiet, newer]) each.release()
      const again = await spool.lock(id, { atSize: 5 })
      assert.equal(await append(spool, id, { data: Buffer.from(' and'), offset: 5 }), 9)
      again.release()
      assert.equal((await buffer(await beside.readBack(id))).toString(), 'newer and')
    })

    it('who holds one for a while without having asked others is waited for', async () => {
      const { spool, beside, keys } = opened()
      const record = newUploadRecord()
      await spool.open(record)
      const quiet = await spool.lock(record.id, { atSize: 0 })
      await until('its ticket is drawn', async () =>
        (await keys()).some(key => key.includes(`.locks/${record.id}`)),
      )
      let isReleased = false
      const waiting = beside.lock(record.id).then(newer => {
        assert.ok(isReleased)
        return newer
      })
      if (!quiet.signal.aborted) await once(quiet.signal, 'abort')
      isReleased = true
      quiet.release()
      ;(await waiting).release()
    })
  })
}

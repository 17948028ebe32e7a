import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import type { UploadSpool } from '#lib/spool.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { ID, OTHER_ID } from './appending.ts'

interface Spools {
  readonly spool: UploadSpool
  /** As another process has it. */
  readonly beside: UploadSpool
}

/** What every implementation of UploadSpool must do for those who work on one upload at once. */
export function lockingConformance(opened: () => Spools): void {
  describe('lock', () => {
    for (const [where, other] of [
      ['the same process', () => opened().spool],
      ['another process', () => opened().beside],
    ] as const) {
      it(`tells the older holder when a newer one of ${where} waits, who has it once the older lets go`, async () => {
        const order: string[] = []
        const older = await opened().spool.lock(ID)
        const waiting = other()
          .lock(ID)
          .then(lease => {
            order.push('newer')
            return lease
          })
        if (!older.signal.aborted) await once(older.signal, 'abort')
        assert.equal((older.signal.reason as AppError).code, 'upload_taken_over')
        order.push('older lets go')
        older.release()
        const newer = await waiting
        assert.deepEqual(order, ['older lets go', 'newer'])
        assert.equal(newer.signal.aborted, false)
        newer.release()
      })
    }

    it('is free again after it was let go, for this process and for another', async () => {
      for (const spool of [opened().spool, opened().beside, opened().spool]) {
        const lease = await spool.lock(ID)
        assert.equal(lease.signal.aborted, false)
        lease.release()
      }
    })

    it('never gives one upload to two at once, however many want it', async () => {
      const holders = new Set<number>()
      const most: number[] = []
      const want = async (n: number) => {
        const lease = await (n % 2 ? opened().spool : opened().beside).lock(ID)
        holders.add(n)
        await new Promise(resolve => setImmediate(resolve))
        most.push(holders.size)
        holders.delete(n)
        lease.release()
      }
      await Promise.all(Array.from({ length: 12 }, (_, n) => want(n)))
      assert.deepEqual(most, Array(12).fill(1))
    })

    it('of one upload keeps nobody from another', async () => {
      const [one, two] = [await opened().spool.lock(ID), await opened().beside.lock(OTHER_ID)]
      assert.deepEqual([one.signal.aborted, two.signal.aborted], [false, false])
      for (const lease of [one, two]) lease.release()
    })
  })
}

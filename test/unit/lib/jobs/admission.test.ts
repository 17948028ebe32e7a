import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusalOf } from '#lib/jobs/admission.ts'

const limits = { queueLimit: 100, ownerLimit: 40 }
const about = (load: Parameters<typeof refusalOf>[0]) => {
  const refusal = refusalOf(load, limits)
  return refusal && [refusal.code, refusal.retryAfter]
}

describe('admission', () => {
  it('lets in while there is room for all and for the one', () => {
    assert.equal(about({ waiting: 99, own: 39, perSecond: 1 }), undefined)
  })

  it('says after which time a tenth of a full queue is done, by the throughput', () => {
    assert.deepEqual(about({ waiting: 100, own: 0, perSecond: 2 }), ['queue_full', 5])
    assert.deepEqual(about({ waiting: 100, own: 0, perSecond: 0.01 }), ['queue_full', 1000])
  })

  it('reckons one owner’s jobs by their share of the throughput', () => {
    assert.deepEqual(about({ waiting: 80, own: 40, perSecond: 1 }), ['too_many_waiting', 8])
  })

  it('names a minute while nothing was done lately, an hour at the most and a second at the least', () => {
    assert.deepEqual(about({ waiting: 100, own: 0, perSecond: 0 }), ['queue_full', 60])
    assert.deepEqual(about({ waiting: 100, own: 0, perSecond: 1e-6 }), ['queue_full', 3600])
    assert.deepEqual(about({ waiting: 100, own: 0, perSecond: 1e6 }), ['queue_full', 1])
  })
})

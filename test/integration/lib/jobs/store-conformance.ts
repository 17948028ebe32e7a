import assert from 'node:assert/strict'
import { after, afterEach, before, describe } from 'node:test'
import { earlierConformance } from './store-conformance/earlier-conformance.ts'
import { insertsConformance } from './store-conformance/inserts.ts'
import { leasedWritesConformance } from './store-conformance/leased-writes.ts'
import { needsConformance } from './store-conformance/needs-conformance.ts'
import { purgesConformance } from './store-conformance/purges.ts'
import { readsConformance } from './store-conformance/reads.ts'
import { searchConformance } from './store-conformance/search-conformance.ts'
import { senderWritesConformance } from './store-conformance/sender-writes.ts'
import { type OpenStore, StoreSuite } from './store-conformance/store-suite.ts'
import { sweepsConformance } from './store-conformance/sweeps-conformance.ts'
import { turnsConformance } from './store-conformance/turns-conformance.ts'
import { unsentConformance } from './store-conformance/unsent.ts'
import { webhookConformance } from './store-conformance/webhook-conformance.ts'

/** What every implementation of JobStore must keep. */
export function storeConformance(name: string, implementation: OpenStore): void {
  describe(`${name} keeps the contract of JobStore`, () => {
    const suite = new StoreSuite()
    before(async () => suite.open(await implementation.open()))
    afterEach(() => suite.removeAll())
    after(async () => {
      const problems = await suite.close()
      await implementation.close?.()
      assert.deepEqual(problems, [], 'every job lived by the model')
    })
    insertsConformance(suite)
    leasedWritesConformance(suite)
    senderWritesConformance(suite)
    purgesConformance(suite)
    unsentConformance(suite)
    turnsConformance(suite)
    readsConformance(suite)
    searchConformance(suite)
    earlierConformance(suite)
    sweepsConformance(suite)
    needsConformance(suite)
    webhookConformance(suite)
  })
}

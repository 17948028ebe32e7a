import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openEventHub } from '#app/event-hub.ts'
import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { until } from '#test/until.ts'

const memory = () => openMemoryJobs({ queueLimit: 1, ownerLimit: 1, historyMs: 1 })

it('has everything read again now and then where the back end does not notice that events were missed', async t => {
  const jobs = memory()
  const guarantees = { ...jobs.guarantees, noticesGaps: false }
  const hub = await openEventHub({ ...jobs, guarantees }, 1)
  t.after(() => hub.stop())
  let gaps = 0
  hub.subscribe(
    () => {},
    () => gaps++,
  )
  await until('it is told twice to read again', () => gaps >= 2)
})

it('leaves it to the back end where that notices', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const hub = await openEventHub(memory(), 1)
  let gaps = 0
  hub.subscribe(
    () => {},
    () => gaps++,
  )
  t.mock.timers.tick(100)
  await hub.stop()
  assert.equal(gaps, 0)
})

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { WorkerStatus } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { startHeartbeat } from '#worker/heartbeat.ts'

const log = openLog('test', { level: 'silent', format: 'json' })
const who = { worker: 'here/1', slots: 2 }
const activity = { host: 'here', startedAt: '2026-11-30T00:00:00.000Z', engines: [] }
const reporter = { ...who, activity: async () => activity }

it('a worker reports that it starts, each change, and every few seconds again', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const told: WorkerStatus[] = []
  const reports = startHeartbeat({ heartbeat: async report => void told.push(report) }, reporter, log)
  await setImmediate()
  await reports.update({ ready: true, trouble: null })
  t.mock.timers.tick(10_000)
  await setImmediate()
  await reports.stop()
  assert.deepEqual(
    told.map(report => report.ready),
    [false, true, true, true, false],
  )
  assert.deepEqual(told[1], { ...who, ready: true, trouble: null, activity })
})

it('a report that is not taken harms nobody', async () => {
  const reports = startHeartbeat({ heartbeat: () => Promise.reject(new Error('away')) }, reporter, log)
  await assert.doesNotReject(reports.stop())
})

it('a report that had to gather what it tells does not undo a later one', async () => {
  const gathering = Promise.withResolvers<typeof activity>()
  const answers = [gathering.promise, Promise.resolve(activity), Promise.resolve(activity)]
  const told: WorkerStatus[] = []
  const reports = startHeartbeat(
    { heartbeat: async report => void told.push(report) },
    { ...who, activity: () => answers.shift() ?? gathering.promise },
    log,
  )
  await reports.update({ ready: true, trouble: null })
  gathering.resolve(activity)
  await setImmediate()
  assert.deepEqual(
    told.map(report => report.ready),
    [true, true],
  )
  await reports.stop()
})

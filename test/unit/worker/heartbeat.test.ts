import assert from 'node:assert/strict'
import { it } from 'node:test'
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
  void reports.update({ ready: true, trouble: null })
  t.mock.timers.tick(10_000)
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

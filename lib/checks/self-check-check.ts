import { NOT_DONE, NOT_DONE_MS, WRONG_TEXT } from '../maintenance/self-check/outcome.ts'
import type { ScheduleRun } from '../records/schedule-runs.ts'
import { type Check, passed } from '../vocabulary/check.ts'

/** One an hour: after so long two are missing, in milliseconds. */
const OLD_MS = 3 * 3_600_000

const [id, what] = ['self-check', 'Self-check']

/** How the last self-check went, which converted a known document as everybody’s are. */
export function selfCheckCheck(run: ScheduleRun | undefined, now = Date.now()): Check {
  if (!run) return { id, state: 'unknown', what, found: 'has not run yet: it does once an hour', mend: null }
  const at = run.startedAt.toISOString()
  if (run.error !== null) return failed(run.error, at)
  if (now - run.startedAt.getTime() <= OLD_MS)
    return passed(id, what, `a known document was converted in ${(run.tookMs / 1000).toFixed(1)} s, at ${at}`)
  const mend = 'Look whether web processes and workers run, and at DATA_DIR/logs'
  return { id, state: 'warning', what, found: `has not run since ${at}`, mend }
}

function failed(problem: string, at: string): Check {
  if (problem === NOT_DONE) {
    const found = `the job of ${at} was not done within ${NOT_DONE_MS / 60_000} minutes`
    return {
      id,
      state: 'warning',
      what,
      found,
      mend: 'Resume the queue, or start a worker: nightshift worker',
    }
  }
  const found =
    problem === WRONG_TEXT ? 'the text of a known document was wrong' : `a known document failed: ${problem}`
  const mend = 'nightshift doctor   (on the machine of each worker; DATA_DIR/logs/worker.log says more)'
  return { id, state: 'failed', what, found: `${found}, at ${at}`, mend }
}

import type { Backend } from '../backend.ts'
import type { Logger } from '../log.ts'
import type { Delivery, QueueConsumer, QueueMessage } from '../queue.ts'
import { hashedId } from '../queues/hashed-id.ts'
import { deleteExpiredFiles } from './expired-files.ts'
import { findLostResults } from './lost-results.ts'
import { deleteOrphans, sweepOrphans } from './orphan-sweep.ts'
import { isScheduleName, SCHEDULE_NAMES, SCHEDULES } from './schedules.ts'
import { type NextLook, selfCheck } from './self-check.ts'
import { bodyOf, following, readSweep, type Sweep } from './sweep-message.ts'

/** Files without a job are orphans when they still have none so many milliseconds later. */
const SUSPICION_MS = 3_600_000

export type SweepParts = Pick<
  Backend,
  'jobs' | 'storage' | 'spool' | 'maintenanceQueue' | 'statistics' | 'scheduleRuns'
>

/**
 * Schedules the sweeps and handles their messages, one at a time. A message is for some hundred jobs, and one that leaves
 * work sends the next. The message of a process that dies is delivered again, to any process that consumes.
 */
export async function startSweeps(parts: SweepParts, log: Logger): Promise<QueueConsumer> {
  const { maintenanceQueue: queue } = parts
  for (const kind of SCHEDULE_NAMES)
    await queue.schedule({
      ...{ name: 'maintain', key: kind, cron: SCHEDULES[kind], timeZone: 'UTC' },
      body: bodyOf({ kind }),
    })
  return queue.consume('maintain', delivery => handle(parts, log, delivery), { slots: 1 })
}

async function handle(parts: SweepParts, log: Logger, { message }: Delivery): Promise<void> {
  const sweep = readSweep(message.body)
  if (sweep) return recorded(parts, sweep, () => run(parts, log, { message, sweep }))
  // Delivered again, it would ask for nothing known either.
  log.error({ message }, 'a message of maintenance names no sweep')
}

/** Records how the run of a schedule went; what is not recorded was done all the same. */
async function recorded(
  { scheduleRuns }: SweepParts,
  { kind }: Sweep,
  runIt: () => Promise<void>,
): Promise<void> {
  if (!isScheduleName(kind)) return runIt()
  const startedAt = new Date()
  const record = (error: string | null) =>
    scheduleRuns
      .record({ schedule: kind, startedAt, tookMs: Date.now() - startedAt.getTime(), error })
      .catch(() => {})
  try {
    await runIt()
  } catch (error) {
    await record(String(error))
    throw error
  }
  // A self-check records itself once its job has ended.
  if (kind !== 'self-check') await record(null)
}

/** Its id is by the job: where two messages began a self-check, they go on as one. */
function messageOf({ step, at }: NextLook): QueueMessage {
  return { id: hashedId(step.kind, step.jobId, step.look), body: bodyOf(step), runAt: at }
}

interface Asked {
  message: QueueMessage
  sweep: Sweep
}

async function run(parts: SweepParts, log: Logger, { message, sweep }: Asked): Promise<void> {
  const { jobs, maintenanceQueue: queue } = parts
  const send = (next: Sweep, runAt?: Date) => queue.send('maintain', [following(message, next, runAt)])
  switch (sweep.kind) {
    case 'statistics': {
      if (await parts.statistics?.rollUp(new Date())) await send(sweep)
      return
    }
    case 'self-check': {
      const next = await selfCheck(parts, sweep, log)
      return next && queue.send('maintain', [messageOf(next)])
    }
    case 'suspects':
      return deleteOrphans(parts, sweep.ids)
    case 'orphans':
      return sweepOrphans(parts, ids => send({ kind: 'suspects', ids }, new Date(Date.now() + SUSPICION_MS)))
    case 'results': {
      const after = await findLostResults(parts, log, sweep.after)
      return after === null ? undefined : send({ kind: 'results', after })
    }
    case 'expired':
    case 'history': {
      const isExpiry = sweep.kind === 'expired'
      const deleted = isExpiry ? await deleteExpiredFiles(parts) : await jobs.removeOld(new Date())
      if (deleted === 0) return
      log.info({ [isExpiry ? 'expired' : 'removed']: deleted }, 'deleted what was over its time')
      await send(sweep)
    }
  }
}

import type { Attempt, Job, JobEvent, Progress, Working, WorkOptions } from '../../jobs.ts'
import { Lease } from '../lease.ts'
import { type Database, onceMoreIfDropped } from './database.ts'
import { type Message, QUEUE } from './queue.ts'
import { toJson } from './row.ts'
import { claimIfWaiting, completeIfStillHeld } from './swift.ts'
import { failIfStillHeld, handBackIfStillHeld, showIfStillHeld } from './transitions.ts'
import { listen } from './watch.ts'

/**
 * Takes jobs into `slots` and runs them. One pg-boss worker per slot, woken by our own notices: with its own
 * notifications a worker takes one job and then sleeps up to half a minute beside a backlog.
 */
export async function work(
  db: Database,
  run: (attempt: Attempt) => Promise<void>,
  options: WorkOptions & { pollSeconds: number },
): Promise<Working> {
  const held = new Map<string, Lease>()
  const slots: string[] = []
  const wake = () => {
    for (const slot of slots) db.boss.notifyWorker(slot)
  }
  const listening = await listen(db, onEvent, wake)

  function onEvent(event: JobEvent): void {
    if (event.type === 'progress') return
    if (event.type === 'gone' || event.state === 'cancelled') held.get(event.id)?.abort('cancelled')
    else if (event.state === 'queued') wake()
  }

  async function deliver(jobId: string, messageId: string): Promise<void> {
    const job = await claimIfWaiting(db, { jobId, messageId, worker: options.worker })
    if (!job) return // cancelled, or an old message of a job that has a newer one
    const lease = openLease(db, job)
    held.set(job.id, lease)
    try {
      await run(attemptOf(db, job, lease))
    } finally {
      lease.end()
      held.delete(job.id)
    }
  }

  for (let n = 0; n < options.slots; n++) {
    const slot = await db.boss.work<Message>(
      QUEUE,
      { pollingIntervalSeconds: options.pollSeconds },
      async ([message]) => {
        try {
          if (message) await deliver(message.data.jobId, message.id)
        } finally {
          const own = slots[n]
          if (own) db.boss.notifyWorker(own)
        }
      },
    )
    slots.push(slot)
  }

  return {
    async stop(graceMs) {
      const idle = db.boss.offWork(QUEUE, { wait: true })
      const patience = setTimeout(() => {
        for (const lease of held.values()) lease.abort('stopping')
      }, graceMs)
      await idle
      clearTimeout(patience)
      await listening.stop()
    },
  }
}

function openLease(db: Database, job: Job): Lease {
  const held = { id: job.id, attempt: job.attempt, state: 'running' as const }
  return new Lease({
    version: job.version,
    push: tick => db.notices.publish({ type: 'progress', id: job.id, ...tick }),
    async renew(news: Progress | undefined) {
      const data = {
        heartbeatAt: new Date(),
        ...(news && { progress: toJson(news), version: { increment: 1 } }),
      }
      const [row] = await db.prisma.job.updateManyAndReturn({ where: held, data, select: { version: true } })
      if (row) return row.version
      const now = await db.prisma.job.findUnique({ where: { id: job.id }, select: { state: true } })
      return now?.state === 'cancelled' ? 'cancelled' : 'lost'
    },
  })
}

function attemptOf(db: Database, job: Job, lease: Lease): Attempt {
  const held = { id: job.id, attempt: job.attempt }
  const lastWord = async (write: () => Promise<unknown>) => {
    lease.end()
    const mine = (await onceMoreIfDropped(write)) !== undefined
    if (!mine) lease.abort('lost')
    return mine
  }
  const show = async (key: string) => {
    const shown = await showIfStillHeld(db, held, key)
    // Ticks go on from here: under the old version they would be older than the snapshot with the picture.
    if (shown) lease.wroteVersion(shown.version)
    return shown !== undefined
  }
  return {
    job,
    number: job.attempt,
    signal: lease.signal,
    progress: progress => lease.tell(progress),
    showIfStillMine: key => show(key),
    completeIfStillMine: (result, timings) => lastWord(() => completeIfStillHeld(db, held, result, timings)),
    failIfStillMine: error => lastWord(() => failIfStillHeld(db, held, error)),
    handBackIfStillMine: () => lastWord(() => handBackIfStillHeld(db, held)),
  }
}

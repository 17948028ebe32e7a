import type { Attempt, ConsumeOptions, Consumer, Job, JobEvent } from '../../jobs.ts'
import type { Progress } from '../../vocabulary/job.ts'
import { Lease } from '../lease.ts'
import { againIfDropped, type JobDatabase } from './database.ts'
import { openDelivery } from './delivery.ts'
import { subscribeToEvents } from './event-subscription.ts'
import { toJson } from './job-table-row.ts'
import { completeIfStillLeased } from './statements.ts'
import {
  failIfStillLeased,
  handBackIfStillLeased,
  showIfStillLeased,
  whereStillLeased,
} from './transitions.ts'
import { createWakeSignal } from './wake-signal.ts'

/** Claims jobs and runs up to `slots` of them at the same time: at once after an event, otherwise at the next poll. */
export async function startPostgresConsumer(
  db: JobDatabase,
  run: (attempt: Attempt) => Promise<void>,
  options: ConsumeOptions & { pollSeconds: number },
): Promise<Consumer> {
  const leases = new Map<string, Lease>()
  const wakeSignal = createWakeSignal()
  const delivery = openDelivery(db, options.worker)
  const subscription = await subscribeToEvents(db, onEvent, wakeSignal.wake)
  let stopping = false

  function onEvent(event: JobEvent): void {
    if (event.type === 'progress') return
    if (event.type === 'gone' || event.state === 'cancelled') leases.get(event.id)?.abort('cancelled')
    else if (event.state === 'queued') wakeSignal.wake()
  }

  async function consume(): Promise<void> {
    while (!stopping) {
      // Subscribe before the fetch, so that an event in between is not missed.
      const woken = wakeSignal.next()
      const job = await delivery.next()
      if (job) await attempt(job)
      else if (!stopping) await wakeSignal.wait(woken, options.pollSeconds * 1000)
    }
  }

  async function attempt(job: Job): Promise<void> {
    const lease = openLease(db, job)
    leases.set(job.id, lease)
    try {
      await run(attemptOf(db, job, lease))
    } catch (error) {
      // The lease ends here, and maintenance rescues the job.
      db.log.error({ err: error, job: job.id }, 'an attempt ended without its last word')
    } finally {
      lease.end()
      leases.delete(job.id)
    }
  }

  const slots = Array.from({ length: options.slots }, consume)
  return {
    async stop(graceMs) {
      stopping = true
      wakeSignal.wake()
      const patience = setTimeout(() => {
        for (const lease of leases.values()) lease.abort('stopping')
      }, graceMs)
      await Promise.all(slots)
      clearTimeout(patience)
      await delivery.close()
      await subscription.stop()
    },
  }
}

function openLease(db: JobDatabase, job: Job): Lease {
  const leases = whereStillLeased({ id: job.id, claim: job.claims })
  return new Lease({
    version: job.version,
    publish: tick => db.events.publish({ type: 'progress', id: job.id, ...tick }),
    async renew(unsaved: Progress | undefined) {
      const data = {
        heartbeatAt: new Date(),
        ...(unsaved && { progress: toJson(unsaved), version: { increment: 1 } }),
      }
      const [row] = await db.prisma.job.updateManyAndReturn({
        where: leases,
        data,
        select: { version: true },
      })
      if (row) return row.version
      const now = await db.prisma.job.findUnique({ where: { id: job.id }, select: { state: true } })
      return now?.state === 'cancelled' ? 'cancelled' : 'lost'
    },
  })
}

function attemptOf(db: JobDatabase, job: Job, lease: Lease): Attempt {
  const leases = { id: job.id, claim: job.claims }
  const finalWrite = async (write: () => Promise<unknown>) => {
    lease.end()
    const mine = (await againIfDropped(write)) !== undefined
    if (!mine) lease.abort('lost')
    return mine
  }
  const show = async (key: string) => {
    const shown = await showIfStillLeased(db, leases, key)
    // Ticks continue from this version; under the old one they would be older than the snapshot with the picture.
    if (shown) lease.wroteVersion(shown.version)
    return shown !== undefined
  }
  return {
    job,
    claim: job.claims,
    signal: lease.signal,
    progress: progress => lease.progress(progress),
    showIfStillMine: key => show(key),
    completeIfStillMine: (result, about) =>
      finalWrite(() => completeIfStillLeased(db, leases, { ...about, result })),
    failIfStillMine: error => finalWrite(() => failIfStillLeased(db, leases, { error })),
    handBackIfStillMine: () => finalWrite(() => handBackIfStillLeased(db, leases)),
  }
}

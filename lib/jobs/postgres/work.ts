import type { Attempt, Job, JobEvent, Working, WorkOptions } from '../../jobs.ts'
import type { Progress } from '../../vocabulary/job.ts'
import { Lease } from '../lease.ts'
import { createBell } from './bell.ts'
import { againIfDropped, type Database } from './database.ts'
import { openDelivery } from './delivery.ts'
import { toJson } from './row.ts'
import { completeIfStillHeld } from './swift.ts'
import { failIfStillHeld, handBackIfStillHeld, showIfStillHeld, stillHeld } from './transitions.ts'
import { listen } from './watch.ts'

/** Takes jobs into `slots` and runs them: at once when a notice comes, else when it is time to look again. */
export async function work(
  db: Database,
  run: (attempt: Attempt) => Promise<void>,
  options: WorkOptions & { pollSeconds: number },
): Promise<Working> {
  const held = new Map<string, Lease>()
  const bell = createBell()
  const delivery = openDelivery(db, options.worker)
  const listening = await listen(db, onEvent, bell.ring)
  let stopping = false

  function onEvent(event: JobEvent): void {
    if (event.type === 'progress') return
    if (event.type === 'gone' || event.state === 'cancelled') held.get(event.id)?.abort('cancelled')
    else if (event.state === 'queued') bell.ring()
  }

  async function serve(): Promise<void> {
    while (!stopping) {
      // Listened for before looking: a notice that comes in between must not be missed.
      const rung = bell.next()
      const job = await delivery.next()
      if (job) await attempt(job)
      else if (!stopping) await bell.wait(rung, options.pollSeconds * 1000)
    }
  }

  async function attempt(job: Job): Promise<void> {
    const lease = openLease(db, job)
    held.set(job.id, lease)
    try {
      await run(attemptOf(db, job, lease))
    } catch (error) {
      // Left to the lease: it ends here, and the job is rescued.
      db.log.error({ err: error, job: job.id }, 'an attempt ended without its last word')
    } finally {
      lease.end()
      held.delete(job.id)
    }
  }

  const slots = Array.from({ length: options.slots }, serve)
  return {
    async stop(graceMs) {
      stopping = true
      bell.ring()
      const patience = setTimeout(() => {
        for (const lease of held.values()) lease.abort('stopping')
      }, graceMs)
      await Promise.all(slots)
      clearTimeout(patience)
      await delivery.close()
      await listening.stop()
    },
  }
}

function openLease(db: Database, job: Job): Lease {
  const held = stillHeld({ id: job.id, claim: job.claims })
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
  const held = { id: job.id, claim: job.claims }
  const lastWord = async (write: () => Promise<unknown>) => {
    lease.end()
    const mine = (await againIfDropped(write)) !== undefined
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
    claim: job.claims,
    signal: lease.signal,
    progress: progress => lease.tell(progress),
    showIfStillMine: key => show(key),
    completeIfStillMine: (result, about) =>
      lastWord(() => completeIfStillHeld(db, held, { ...about, result })),
    failIfStillMine: error => lastWord(() => failIfStillHeld(db, held, { error })),
    handBackIfStillMine: () => lastWord(() => handBackIfStillHeld(db, held)),
  }
}

import { Gauge, type Registry } from 'prom-client'
import type { Figures } from './figures.ts'

const SAME = 'From the database: the same in each web process.'

/** The gauges of what is read for a scrape; returns what sets them. */
export function figureGauges(registry: Registry): (figures: Figures) => void {
  const queue = queueGauges(registry)
  const disk = diskGauges(registry)
  const setSelfCheck = selfCheckGauges(registry)
  return ({ stats, selfCheck, freeBytes, reserveBytes }) => {
    setSelfCheck(selfCheck)
    disk.reserve.set(reserveBytes)
    setOrRemove(disk.free, freeBytes)
    queue.databaseUp.set(stats ? 1 : 0)
    setOrRemove(queue.paused, stats ? Number(stats.pausedSince !== null) : null)
    setOrRemove(queue.dead, stats ? stats.dead : null)
    setOrRemove(queue.readyWorkers, stats ? stats.workers.filter(({ ready }) => ready).length : null)
    setOrRemove(queue.oldest, stats ? ageS(stats.oldestQueuedAt) : null)
    queue.jobs.reset()
    if (!stats) return
    queue.jobs.set({ state: 'queued' }, stats.queued)
    queue.jobs.set({ state: 'running' }, stats.running)
  }
}

/** What is not known is left out. */
function setOrRemove(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove()
  else gauge.set(value)
}

/** In seconds; 0 where nothing waits, or only for a later time. */
function ageS(since: Date | null): number {
  return since ? Math.max(0, (Date.now() - since.getTime()) / 1000) : 0
}

function queueGauges(registry: Registry) {
  const registers = [registry]
  return {
    jobs: new Gauge({
      name: 'nightshift_jobs',
      help: `Jobs that wait or run; of many that wait an upper bound. ${SAME}`,
      labelNames: ['state'],
      registers,
    }),
    paused: new Gauge({
      name: 'nightshift_jobs_paused',
      help: `Whether the operator lets no job start. ${SAME}`,
      registers,
    }),
    dead: new Gauge({
      name: 'nightshift_dead_letter_jobs',
      help: `Jobs that failed because no attempt was left; of many a lower bound. ${SAME}`,
      registers,
    }),
    oldest: new Gauge({
      name: 'nightshift_oldest_waiting_seconds',
      help: `For how long the job waits that began to wait first. ${SAME}`,
      registers,
    }),
    readyWorkers: new Gauge({
      name: 'nightshift_ready_workers',
      help: `Workers that take jobs: a sandbox was tested, and a document converted. ${SAME}`,
      registers,
    }),
    databaseUp: new Gauge({
      name: 'nightshift_database_up',
      help: 'Whether the database answered; where not, what it knows is missing here.',
      registers,
    }),
  }
}

function selfCheckGauges(registry: Registry): (run: Figures['selfCheck']) => void {
  const make = (name: string, help: string) =>
    new Gauge({ name: `nightshift_self_check_${name}`, help: `${help} ${SAME}`, registers: [registry] })
  const ok = make('ok', 'Whether the last self-check went well.')
  const time = make('time_seconds', 'When the last self-check began that has ended, in seconds since 1970.')
  const took = make('took_seconds', 'How long it took, its wait included.')
  return run => {
    setOrRemove(ok, run ? Number(run.error === null) : null)
    setOrRemove(time, run ? run.startedAt.getTime() / 1000 : null)
    setOrRemove(took, run ? run.tookMs / 1000 : null)
  }
}

function diskGauges(registry: Registry) {
  const registers = [registry]
  return {
    free: new Gauge({
      name: 'nightshift_disk_free_bytes',
      help: 'Free space on the disk of the files; missing where they are in a bucket.',
      registers,
    }),
    reserve: new Gauge({
      name: 'nightshift_disk_reserve_bytes',
      help: 'What stays free there: files that do not fit beside it are refused.',
      registers,
    }),
  }
}

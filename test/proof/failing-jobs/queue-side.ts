import { setTimeout as sleep } from 'node:timers/promises'
import type { Attempt } from '#lib/jobs.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { openQueue } from '#test/open-queue.ts'
import { until } from '#test/until.ts'
import { BAD_KIND_NAMES, BAD_KINDS, type BadKind, endOf } from './bad-jobs.ts'
import { createPaceMeter, type PaceMeter } from './pace.ts'

/** What a good job takes; it waits, as for a conversion, and uses no processor time. */
const GOOD_MS = 100
/** First attempts that wait at every moment. */
const BACKLOG = 20
const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }

export interface QueueSide {
  meter: PaceMeter
  /** Creates no more jobs, waits until all have ended, and resolves to those that ended otherwise than they should. */
  finish(): Promise<string[]>
  close(): Promise<void>
}

/** A consumer with jobs that never run out, on a database of its own; each `badEvery`th job is a bad one. */
export async function openQueueSide(slots: number, badEvery: number): Promise<QueueSide> {
  const database = await createDatabase({ recorded: false })
  const queue = await openQueue(database.url)
  const { jobs } = queue
  const meter = createPaceMeter()
  const bad = new Map<string, BadKind>()
  const creating = new Set<Promise<unknown>>()
  let created = 0
  let isOver = false

  function create(): void {
    const job = newJob({ maxAttempts: 2 })
    const isBad = ++created % badEvery === 0
    const kind = isBad && BAD_KIND_NAMES[bad.size % BAD_KIND_NAMES.length]
    if (kind) bad.set(job.id, kind)
    const one = jobs.create(job).finally(() => creating.delete(one))
    creating.add(one)
  }

  async function run(attempt: Attempt): Promise<void> {
    if (attempt.claim === 1 && !isOver) create()
    const kind = bad.get(attempt.job.id)
    if (kind) return meter.aroundBad(() => BAD_KINDS[kind](attempt, jobs))
    await sleep(GOOD_MS)
    if (await attempt.completeIfStillMine(RESULT)) meter.countGood()
  }

  async function wronglyEnded(): Promise<string[]> {
    const wrong: string[] = []
    for (const [id, kind] of bad) {
      const state = (await jobs.get(id))?.state ?? 'gone'
      if (state !== endOf(kind)) wrong.push(`a job of the kind “${kind}” is ${state}`)
    }
    const missing = created - bad.size - meter.totals().good
    return missing === 0 ? wrong : [...wrong, `${missing} good jobs were not completed`]
  }

  for (let n = 0; n < BACKLOG; n++) create()
  const consumer = await jobs.consume(run, { worker: 'proof/1', slots })
  return {
    meter,
    async finish() {
      isOver = true
      await Promise.all(creating)
      const isRight = async () => (await wronglyEnded()).length === 0
      await until('all jobs have ended', isRight, 180_000).catch(() => {})
      return wronglyEnded()
    },
    async close() {
      await consumer.stop(1000)
      await queue.close()
      await database.drop()
    },
  }
}

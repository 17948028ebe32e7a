import type { Attempt, Consumer, Jobs } from '#lib/jobs.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'

/** Jobs that wait at first, and owners that jobs belong to in turn. */
const BACKLOG = 500
const OWNERS = 10

/** Times in milliseconds. */
export interface LoadTimes {
  /** How long a free slot waited for its next job; not where the queue had run empty. */
  claims: number[]
  creates: number[]
  completes: number[]
}

export interface FullLoad {
  /** The times since the last call. @throws the first error of a write */
  take(): LoadTimes
  stop(): Promise<void>
}

const noTimes = (): LoadTimes => ({ claims: [], creates: [], completes: [] })

/**
 * Slots that complete each job at once; each claimed job is replaced by a new one, so that jobs always wait. Every slot
 * is a consumer of its own, because only then it shows which slot a job was claimed for, and since when that was free.
 */
export async function startFullLoad(jobs: Jobs, slots: number): Promise<FullLoad> {
  let times = noTimes()
  let created = 0
  let waiting = 0
  let problem: unknown
  let stopping = false
  const creates = new Set<Promise<void>>()

  async function create(): Promise<void> {
    const begun = performance.now()
    try {
      await jobs.create(newJob({ owner: `owner-${created++ % OWNERS}` }))
      waiting++
    } catch (error) {
      problem ??= error
    }
    times.creates.push(performance.now() - begun)
  }

  function replace(): void {
    if (stopping) return
    const creating = create().finally(() => creates.delete(creating))
    creates.add(creating)
  }

  function openSlot(number: number): Promise<Consumer> {
    let freeSince: number | undefined
    const run = async (attempt: Attempt) => {
      const started = performance.now()
      waiting--
      if (freeSince !== undefined) times.claims.push(started - freeSince)
      replace()
      if (!(await attempt.completeIfStillMine(RESULT))) problem ??= new Error('a job was lost while it ran')
      const ended = performance.now()
      times.completes.push(ended - started)
      freeSince = waiting >= slots ? ended : undefined
    }
    return jobs.consume(run, { worker: `proof/${number}`, slots: 1 })
  }

  await Promise.all(Array.from({ length: BACKLOG }, create))
  const consumers = await Promise.all(Array.from({ length: slots }, (_, n) => openSlot(n)))
  return {
    take() {
      if (problem) throw problem
      const taken = times
      times = noTimes()
      return taken
    },
    async stop() {
      stopping = true
      await Promise.all(consumers.map(consumer => consumer.stop(10_000)))
      await Promise.all(creates)
    },
  }
}

const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }

import { type Job, type JobEvent, resultKey } from '#lib/jobs.ts'
import type { JobState } from '#lib/vocabulary/job.ts'
import {
  JOB_WRITES,
  type JobWrite,
  mayBecome,
  STATE_FIELDS,
  type StateField,
} from '#lib/vocabulary/job-life.ts'

/** What the model says something about. */
export type LifeRow = Pick<
  Job,
  'id' | 'state' | 'version' | 'claims' | 'attempt' | 'maxAttempts' | 'needs' | StateField
>

/** What was seen of a job at one version: from a row all, from an event the state. */
interface Seen {
  state: JobState
  row?: LifeRow
}

/**
 * Collects what rows and events say of jobs, in any order, and replays it by the model in
 * `lib/vocabulary/job-life.ts`: what is wrong is a sentence in `problems()`.
 */
export class LifeChecker {
  readonly #jobs = new Map<string, Map<number, Seen>>()
  readonly #problems = new Set<string>()

  /** A row as it was read or written at any time. */
  row(row: LifeRow): void {
    for (const problem of rowProblems(row)) this.#problem(row, problem)
    const earlier = this.#seen(row.id).get(row.version)
    if (earlier?.row && !isSameRow(earlier.row, row)) this.#problem(row, 'was written without a new version')
    this.#see(row, { state: row.state, row })
  }

  event(event: JobEvent): void {
    if (event.type === 'changed') this.#see(event, { state: event.state })
    if (event.type === 'progress') this.#see(event, { state: 'running' })
  }

  /** One write of which both sides are known. */
  write(before: LifeRow, after: LifeRow): void {
    this.row(before)
    this.row(after)
    for (const problem of writeProblems(before, after)) this.#problem(after, problem)
  }

  /** All that was against the model; empty where nothing was. */
  problems(): string[] {
    for (const [id, versions] of this.#jobs) {
      const sorted = [...versions].sort(([a], [b]) => a - b)
      for (const [index, [version, seen]] of sorted.entries()) {
        const [earlier, before] = sorted[index - 1] ?? []
        if (earlier === undefined || !before) continue
        for (const problem of stepProblems(before, seen, version - earlier))
          this.#problem({ id, version }, problem)
      }
      const results = new Set(sorted.flatMap(([, { row }]) => row?.result?.key ?? []))
      if (results.size > 1) this.#problem({ id }, `has ${results.size} results: ${[...results].join(', ')}`)
    }
    return [...this.#problems]
  }

  #see({ id, version }: { id: string; version: number }, seen: Seen): void {
    const known = this.#seen(id).get(version)
    if (known && known.state !== seen.state)
      this.#problem({ id, version }, `is ${known.state} and ${seen.state} at once`)
    this.#seen(id).set(version, { ...known, ...seen })
  }

  #seen(id: string): Map<number, Seen> {
    const seen = this.#jobs.get(id) ?? new Map<number, Seen>()
    this.#jobs.set(id, seen)
    return seen
  }

  #problem({ id, version }: { id: string; version?: number }, problem: string): void {
    this.#problems.add(`job ${id}${version === undefined ? '' : ` at version ${version}`} ${problem}`)
  }
}

/** What a row holds against its state. */
function rowProblems(row: LifeRow): string[] {
  const problems: string[] = []
  for (const [field, holds] of Object.entries(STATE_FIELDS[row.state]) as [StateField, boolean][])
    if ((row[field] !== null) !== holds)
      problems.push(`is ${row.state} ${holds ? 'without' : 'with'} ${field}`)
  if (row.attempt < 0 || row.attempt > Math.min(row.claims, row.maxAttempts))
    problems.push(`has attempt ${row.attempt} of ${row.maxAttempts} after ${row.claims} claims`)
  if (row.state === 'queued' && row.attempt >= row.maxAttempts) problems.push('waits without an attempt left')
  if (row.needs && (row.state === 'running' || row.state === 'completed'))
    problems.push(`is ${row.state} though it needs its ${row.needs}`)
  if (row.result && row.result.key !== resultKey(row.id, row.claims))
    problems.push(`has ${row.result.key}, which is not of claim ${row.claims}`)
  return problems
}

/** What is wrong with one write: none of the model's takes the one row to the other. */
function writeProblems(before: LifeRow, after: LifeRow): string[] {
  if (after.version !== before.version + 1)
    return [`was written with version ${before.version} before, not one less`]
  const name = nameOfWrite(before, after)
  if (!name) return [`was made ${after.state} from ${before.state} by no write of the model`]
  if (name === 'complete' && !after.result) return ['was completed without a result']
  return []
}

function nameOfWrite(before: LifeRow, after: LifeRow): string | undefined {
  const is = ([, write]: [string, JobWrite]) =>
    write.from.includes(before.state) &&
    (write.to ?? before.state) === after.state &&
    after.claims - before.claims === write.claims &&
    after.attempt - before.attempt === write.attempt &&
    isNeedOf(write, before, after)
  const found = Object.entries(JOB_WRITES).find(is)?.[0]
  return found === 'retry' || after.maxAttempts === before.maxAttempts ? found : undefined
}

function isNeedOf({ needs }: JobWrite, before: LifeRow, after: LifeRow): boolean {
  if (needs === 'same') return before.needs === after.needs
  return (
    (needs[0] ?? before.needs !== null) === (before.needs !== null) &&
    (needs[1] ?? after.needs !== null) === (after.needs !== null)
  )
}

/** Two sights of one job, `writes` versions apart. */
function stepProblems(before: Seen, after: Seen, writes: number): string[] {
  if (!isReachable(before.state, after.state, writes))
    return [`is ${after.state} ${writes} versions after it was ${before.state}`]
  if (!before.row || !after.row) return []
  if (writes === 1) return writeProblems(before.row, after.row)
  return after.row.claims < before.row.claims ? ['has fewer claims than before'] : []
}

function isReachable(from: JobState, to: JobState, writes: number): boolean {
  const states = Object.keys(STATE_FIELDS) as JobState[]
  const stays = (state: JobState) =>
    Object.values(JOB_WRITES).some(({ to, from }: JobWrite) => to === null && from.includes(state))
  let reached: JobState[] = [from]
  // More steps than there are states and a way around reach nothing new.
  for (let step = 0; step < Math.min(writes, 2 * states.length); step++)
    reached = states.filter(next =>
      reached.some(state => (state === next ? stays(state) : mayBecome(state, next))),
    )
  return reached.includes(to)
}

const WRITTEN = ['state', 'claims', 'attempt', 'maxAttempts', 'needs'] as const
const STAMPED = ['runAt', 'startedAt', 'finishedAt'] as const

function isSameRow(one: LifeRow, other: LifeRow): boolean {
  return (
    WRITTEN.every(field => one[field] === other[field]) &&
    STAMPED.every(field => one[field]?.getTime() === other[field]?.getTime()) &&
    one.result?.key === other.result?.key
  )
}

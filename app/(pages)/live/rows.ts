/** The rows of the page and their order. Pure: no browser, no React. */
import type { MovedJob, Tick } from '#app/live/protocol.ts'
import { type JobError, type Options, PHASES, type Progress } from '#lib/vocabulary/job.ts'
import type { CreatedJob, EarlierResult, Snapshot } from '#lib/vocabulary/snapshot.ts'

/**
 * `offline` and `unanswered` wait for the network and for the server; `lost` has had no file since a reload; `refused`
 * also covers a file that was never sent, because it is too large for this server.
 */
export type UploadState = 'waiting' | 'sending' | 'paused' | 'offline' | 'unanswered' | 'lost' | 'refused'

interface RowBase {
  /** Stays the same while an upload becomes a job, so that the row stays the same element. */
  key: string
  batchId: string
  /** The sort key: milliseconds since 1970, by the browser's clock for uploads, by the server's for jobs. */
  at: number
}

export interface UploadEntry extends RowBase {
  kind: 'upload'
  fileName: string
  /** Where the file lay in the folder that was dropped; empty at the top, and where an earlier version stored it. */
  folder?: string
  bytes: number
  target: string
  /** Without passwords. */
  options: Options
  state: UploadState
  /** In bytes. */
  sent: number
  error: JobError | null
}

export interface JobEntry extends RowBase {
  kind: 'job'
  job: Snapshot
  /** A result of the same that was there when this was sent; null or absent where there was none. */
  earlier?: EarlierResult | null
  /** Ticks carry progress that was not written: within one version the higher tick is newer. */
  tick: number
}

/** The answer to a new job. */
export type AcceptedJob = Snapshot & Partial<Pick<CreatedJob, 'earlier'>>

export type Row = UploadEntry | JobEntry
export type Rows = readonly Row[]

export type RowChange =
  | { type: 'picked'; uploads: readonly UploadEntry[]; isKept?: boolean }
  | { type: 'sending'; key: string; sent: number }
  | { type: 'refused'; key: string; error: JobError }
  | { type: 'stands'; key: string; state: UploadState }
  | { type: 'removed'; key: string }
  | { type: 'accepted'; key: string; job: AcceptedJob }
  | { type: 'updated'; jobs: readonly Snapshot[] }
  | { type: 'progressed'; tick: Tick }
  | { type: 'moved'; moved: readonly MovedJob[] }
  | { type: 'gone'; id: string }

/** The row of a job that existed before the page was opened. */
export function jobRow(job: Snapshot): JobEntry {
  return { kind: 'job', key: job.id, batchId: job.batchId, at: Date.parse(job.createdAt), job, tick: 0 }
}

/** The rows after one change; unchanged rows stay the same objects. */
export function changed(rows: Rows, change: RowChange): Rows {
  switch (change.type) {
    case 'picked':
      return ordered([...rows, ...change.uploads])
    case 'removed':
      return rows.filter(row => row.key !== change.key)
    case 'gone':
      return rows.filter(row => row.kind !== 'job' || row.job.id !== change.id)
    case 'sending':
      return withUpload(rows, change.key, row => ({ ...row, state: 'sending', sent: change.sent }))
    case 'refused':
      return withUpload(rows, change.key, row => ({ ...row, state: 'refused', error: change.error }))
    case 'stands':
      return withUpload(rows, change.key, row => ({ ...row, state: change.state, error: null }))
    case 'accepted':
      return withAccepted(rows, change.key, change.job)
    case 'updated':
      return withJobs(rows, change.jobs)
    case 'progressed':
      return withProgress(rows, change.tick)
    case 'moved':
      return withPositions(rows, change.moved)
  }
}

function withUpload(rows: Rows, key: string, change: (row: UploadEntry) => UploadEntry): Rows {
  return rows.map(row => (row.key === key && row.kind === 'upload' ? change(row) : row))
}

/**
 * Applies the answer to an upload. The push may have arrived first and have made a row of the job, which must not
 * appear twice.
 */
function withAccepted(rows: Rows, key: string, accepted: AcceptedJob): Rows {
  const { earlier = null, ...job } = accepted
  const known = rowOf(rows, job.id)
  const newest = known ? newerOf(known, job) : jobRow(job)
  return rows
    .filter(row => row.key === key || row !== known)
    .map(row => (row.key === key ? { ...newest, key, at: row.at, earlier } : row))
}

/** In one pass: a page with hundreds of jobs gets them all with each subscription. */
function withJobs(rows: Rows, jobs: readonly Snapshot[]): Rows {
  const places = new Map(rows.map((row, index) => [row.kind === 'job' ? row.job.id : row.key, index]))
  const uploads = new Set(rows.filter(row => row.kind === 'upload'))
  const after: Row[] = [...rows]
  for (const job of jobs) {
    const own = places.has(job.id) ? undefined : [...uploads].find(row => isWholly(row, job))
    if (own) uploads.delete(own)
    const at = places.get(own?.key ?? job.id) ?? after.length
    after[at] = withJob(after[at], job)
    places.set(job.id, at)
  }
  return after.length > rows.length ? ordered(after) : after
}

/** The row of a job: as it was known, as the upload of which it was made, or a new one. */
function withJob(row: Row | undefined, job: Snapshot): JobEntry {
  if (row?.kind === 'job') return newerOf(row, job)
  return row ? { ...jobRow(job), key: row.key, at: row.at } : jobRow(job)
}

/** Whether this job can be the result of an upload that is still waiting for its answer. */
function isWholly(row: UploadEntry, job: Snapshot): boolean {
  return (
    row.state === 'sending' &&
    row.batchId === job.batchId &&
    row.fileName === job.fileName &&
    (row.folder ?? '') === job.folder &&
    row.bytes === job.source.bytes &&
    row.sent === row.bytes
  )
}

/**
 * Drops older versions. At the same version only the queue position can be newer (null means that it was not read), and
 * progress that was pushed between two writes is newer than the progress in the snapshot.
 */
function newerOf(row: JobEntry, job: Snapshot): JobEntry {
  if (job.version < row.job.version) return row
  if (job.version > row.job.version)
    return { ...row, job: { ...job, progress: furthest(row.job, job) }, tick: 0 }
  const { state, progress } = row.tick > 0 ? row.job : job
  return { ...row, job: { ...job, state, progress, queue: job.queue ?? row.job.queue } }
}

/** The row in the database is up to a second behind the pushed progress; the bar must not go back. */
function furthest(known: Snapshot, incoming: Snapshot): Progress | null {
  const goesOn =
    incoming.state === 'running' && known.state === 'running' && incoming.startedAt === known.startedAt
  if (!goesOn || !known.progress || !incoming.progress) return incoming.progress
  const [a, b] = [reached(known.progress), reached(incoming.progress)]
  return a > b ? known.progress : incoming.progress
}

/** Grows during an attempt: by phase, and within it by percent. */
function reached({ phase, percent }: Progress): number {
  return PHASES.indexOf(phase) * 1000 + (percent ?? 0)
}

function withProgress(rows: Rows, { id, version, tick, progress }: Tick): Rows {
  const row = rowOf(rows, id)
  if (!row) return rows
  if (version < row.job.version || (version === row.job.version && tick <= row.tick)) return rows
  const isOver = version === row.job.version && row.job.state !== 'running'
  if (isOver) return rows
  return replaced(rows, row, { ...row, tick, job: { ...row.job, ...RUNNING, version, progress } })
}

/** A job that has started meanwhile has no place in the queue any more. */
function withPositions(rows: Rows, moved: readonly MovedJob[]): Rows {
  const queues = new Map(moved.map(({ id, queue }) => [id, queue]))
  return rows.map(row => {
    const queue = row.kind === 'job' && row.job.state === 'queued' && queues.get(row.job.id)
    return queue ? { ...row, job: { ...row.job, queue } } : row
  })
}

/** Progress of a newer version may arrive before the snapshot with the state `running`. */
const RUNNING = {
  state: 'running',
  needs: null,
  queue: null,
  result: null,
  error: null,
  finishedAt: null,
} as const

function rowOf(rows: Rows, id: string): JobEntry | undefined {
  return rows.find((row): row is JobEntry => row.kind === 'job' && row.job.id === id)
}

function replaced(rows: Rows, old: Row, row: Row): Rows {
  return rows.map(other => (other === old ? row : other))
}

/** Newest batch first; within a batch in the order in which the files were added. */
function ordered(rows: Rows): Rows {
  const start = new Map<string, number>()
  for (const row of rows) start.set(row.batchId, Math.min(row.at, start.get(row.batchId) ?? row.at))
  const of = (row: Row) => start.get(row.batchId) ?? row.at
  return [...rows].sort(
    (a, b) => of(b) - of(a) || (a.batchId === b.batchId ? a.at - b.at : a.batchId < b.batchId ? -1 : 1),
  )
}

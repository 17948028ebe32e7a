/** What the row of a job shows that has not ended. Pure; `now` is in milliseconds since 1970. */
import type { Progress, QueuePosition } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { roughly } from './format.ts'
import { deletionText } from './kept-files-text.ts'
import type { RowView } from './row-parts.ts'

/** A job that waits for its turn or for its next attempt. */
export function waiting(job: Snapshot, now: number): RowView {
  const later = job.runAt ? Date.parse(job.runAt) - now : 0
  const isBetween = job.attempt > 0 && later > 0
  return {
    state: job.state,
    tone: isBetween ? 'wait' : 'plain',
    message: isBetween
      ? `Trying again in ${Math.ceil(later / 1000)} s (attempt ${job.attempt + 1} of ${job.maxAttempts})`
      : queuePositionText(job.queue) + startText(job.queue),
    detail: null,
    bar: { kind: 'waiting', percent: null },
    actions: ['cancel'],
  }
}

/** A locked file: its row has a field for the password. */
export function locked(job: Snapshot, now: number): RowView {
  return {
    state: job.state,
    tone: 'wait',
    message: job.error?.message ?? 'This file is locked with a password.',
    detail: job.error?.nextStep ?? `Enter its password to convert it. ${deletionText(job, now)}.`,
    bar: null,
    actions: ['unlock', 'cancel'],
  }
}

function queuePositionText(queue: QueuePosition | null): string {
  if (typeof queue?.ahead !== 'number') return 'Waiting'
  return queue.ahead === 0 ? 'Next' : `${queue.ahead} ahead of you`
}

/** `, starts in about 40 s`, where that is known and not at once; otherwise what the job waits for. */
function startText(queue: QueuePosition | null): string {
  if (queue?.workers === 'starting') return ', starting the converter'
  if (queue?.workers === 'none') return ', no converter is ready'
  return queue?.startsInS ? `, starts in about ${roughly(queue.startsInS)}` : ''
}

/** A job whose attempt is under way. */
export function running(job: Snapshot): RowView {
  const step = job.progress ? stepOf(job.progress) : 'Starting'
  const attempt = job.attempt > 1 ? ` (attempt ${job.attempt} of ${job.maxAttempts})` : ''
  const isKnown = job.progress && !job.progress.indeterminate
  const percent = isKnown ? (job.progress?.percent ?? null) : null
  return {
    state: job.state,
    tone: 'plain',
    message: step + attempt + timeLeft(job.progress),
    detail: null,
    bar: { kind: 'work', percent },
    actions: ['cancel'],
  }
}

/** `, about 8 s left` or `, 6 to 12 s left`, where that is known. */
function timeLeft(progress: Progress | null): string {
  if (!progress?.eta) return ''
  const inMinutes = progress.eta.high >= 90
  const [low, high] = [progress.eta.low, progress.eta.high].map(s =>
    Math.max(1, Math.round(inMinutes ? s / 60 : s)),
  )
  const unit = inMinutes ? 'min' : 's'
  return low === high ? `, about ${high} ${unit} left` : `, ${low} to ${high} ${unit} left`
}

function stepOf({ phase, current, total, unit, percent }: Progress): string {
  if (phase === 'starting') return 'Starting'
  if (phase === 'loading') return 'Loading'
  if (phase === 'storing') return 'Storing'
  if (current === null) return percent === null ? 'Converting' : `Converting, ${Math.round(percent)} %`
  const what = unit ? unit[0]?.toUpperCase() + unit.slice(1) : 'Step'
  return total === null ? `${what} ${current}` : `${what} ${current} of ${total}`
}

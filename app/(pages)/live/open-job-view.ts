/** What the row of a job shows that has not ended. Pure; `now` is in milliseconds since 1970. */
import type { Progress, QueuePosition } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { errorText } from '../messages/error-text.ts'
import type { Texts } from '../messages/texts.ts'
import { roughly } from './format.ts'
import { deletionText } from './kept-files-text.ts'
import type { RowView } from './row-parts.ts'

/** A job that waits for its turn or for its next attempt. */
export function waiting(job: Snapshot, now: number, texts: Texts): RowView {
  const later = job.runAt ? Date.parse(job.runAt) - now : 0
  const isBetween = job.attempt > 0 && later > 0
  const next = { attempt: job.attempt + 1, all: job.maxAttempts }
  return {
    state: job.state,
    tone: isBetween ? 'wait' : 'plain',
    message: isBetween
      ? texts.t('job.tryingAgain', { seconds: Math.ceil(later / 1000), ...next })
      : queueText(texts, job.queue),
    detail: null,
    bar: { kind: 'waiting', percent: null },
    actions: ['cancel'],
  }
}

/** A locked file: its row has a field for the password. */
export function locked(job: Snapshot, now: number, texts: Texts): RowView {
  const error = job.error && errorText(texts, job.error)
  return {
    state: job.state,
    tone: 'wait',
    message: error?.message ?? texts.t('job.locked'),
    detail:
      error?.nextStep ?? texts.t('job.lockedHint', { who: 'sender', kept: deletionText(job, now, texts) }),
    bar: null,
    actions: ['unlock', 'cancel'],
  }
}

/** `Next, starts in about 40 s`, where that is known and not at once; otherwise what the job waits for. */
function queueText(texts: Texts, queue: QueuePosition | null): string {
  const { t } = texts
  const place = queuePositionText(texts, queue)
  if (queue && queue.workers !== 'ready') return t('job.converter', { place, workers: queue.workers })
  return queue?.startsInS ? t('job.startsIn', { place, time: roughly(texts, queue.startsInS) }) : place
}

function queuePositionText({ t }: Texts, queue: QueuePosition | null): string {
  if (typeof queue?.ahead !== 'number') return t('job.waiting')
  return queue.ahead === 0 ? t('job.next') : t('job.ahead', { n: queue.ahead })
}

/** A job whose attempt is under way. */
export function running(job: Snapshot, texts: Texts): RowView {
  const { attempt, maxAttempts: all } = job
  const step = job.progress ? stepOf(texts, job.progress) : texts.t('job.starting')
  const isKnown = job.progress && !job.progress.indeterminate
  const percent = isKnown ? (job.progress?.percent ?? null) : null
  return {
    state: job.state,
    tone: 'plain',
    message: withTimeLeft(
      texts,
      attempt > 1 ? texts.t('job.attempt', { step, attempt, all }) : step,
      job.progress,
    ),
    detail: null,
    bar: { kind: 'work', percent },
    actions: ['cancel'],
  }
}

/** `Slide 3 of 48, about 8 s left` or `…, 6 to 12 s left`, where that is known. */
function withTimeLeft({ t }: Texts, step: string, progress: Progress | null): string {
  if (!progress?.eta) return step
  const inMinutes = progress.eta.high >= 90
  const rounded = (s: number) => Math.max(1, Math.round(inMinutes ? s / 60 : s))
  const [low, high] = [rounded(progress.eta.low), rounded(progress.eta.high)]
  if (low === high)
    return t('job.left', { step, time: t(inMinutes ? 'units.minutes' : 'units.seconds', { n: high }) })
  return t(inMinutes ? 'job.leftMinutes' : 'job.leftSeconds', { step, low, high })
}

function stepOf({ t }: Texts, { phase, current, total, unit, percent }: Progress): string {
  if (phase !== 'exporting') return t(`job.${phase}`)
  if (current === null)
    return percent === null
      ? t('job.converting')
      : t('job.convertingPercent', { percent: Math.round(percent) })
  const what = unit ?? 'step'
  return total === null ? t(`job.${what}`, { n: current }) : t(`job.${what}Of`, { n: current, all: total })
}

/** What is said of a job's files: whether they are kept, how long, and why not. Pure. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { Texts } from '../messages/texts.ts'
import { span } from './format.ts'

/** Whether only the receipt is left of it, without a name. */
export function isOnlyReceipt({ receipt, fileName }: Snapshot): boolean {
  return receipt !== null && fileName === ''
}

/** Whether the files are still on the server. */
export function isKept(job: Snapshot, now: number): boolean {
  return !job.receipt && Date.parse(job.expiresAt) > now
}

/** Whether there is a result to download. */
export function hasResult(job: Snapshot, now: number): boolean {
  return job.result !== null && !job.result.lost && isKept(job, now)
}

/** When they will be deleted, or that and why they are. */
export function deletionText(job: Snapshot, now: number, texts: Texts): string {
  const { t } = texts
  if (job.receipt) return t(isRequested(job) ? 'job.filesDeleted' : 'job.filesExpired')
  const left = Date.parse(job.expiresAt) - now
  return left > 0 ? t('job.kept', { time: span(texts, left) }) : t('job.filesAreDeleted')
}

/** Whether somebody asked for the deletion; otherwise their time was over. */
export function isRequested({ receipt }: Snapshot): boolean {
  return receipt?.by === 'owner'
}

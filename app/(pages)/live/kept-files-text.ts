/** What is said of a job's files: whether they are kept, how long, and why not. Pure. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
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
export function deletionText(job: Snapshot, now: number): string {
  if (job.receipt) return `Its files were deleted ${whyDeleted(job)}`
  const left = Date.parse(job.expiresAt) - now
  return left > 0 ? `Kept for another ${span(left)}` : 'Its files are deleted'
}

/** `on request`, or `when its time was over`. */
export function whyDeleted({ receipt }: Snapshot): string {
  return receipt?.by === 'owner' ? 'on request' : 'when its time was over'
}

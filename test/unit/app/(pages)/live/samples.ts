import type { JobEntry, UploadEntry } from '#app/(pages)/live/rows.ts'
import { jobRow } from '#app/(pages)/live/rows.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'

/** The moment at which all samples are looked at. */
export const NOW = Date.parse('2026-11-20T12:00:00Z')

export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  const id = changes.id ?? 'job-1'
  return {
    id,
    batchId: 'batch-1',
    fileName: 'deck.pptx',
    folder: '',
    source: { format: 'pptx', bytes: 1000, sha256: '00' },
    sources: null,
    target: 'pdf',
    options: {},
    report: null,
    receipt: null,
    thumbnailUrl: null,
    needs: null,
    state: 'queued',
    version: 1,
    attempt: 0,
    maxAttempts: 3,
    queue: null,
    progress: null,
    result: null,
    error: null,
    createdAt: '2026-11-20T11:59:00.000Z',
    runAt: null,
    startedAt: null,
    finishedAt: null,
    expiresAt: '2026-11-21T11:00:00.000Z',
    statusUrl: `/api/jobs/${id}`,
    resultUrl: `/api/jobs/${id}/result`,
    ...changes,
  }
}

export function job(changes: Partial<Snapshot> = {}): JobEntry {
  return jobRow(snapshot(changes))
}

export function upload(changes: Partial<UploadEntry> = {}): UploadEntry {
  return {
    kind: 'upload',
    key: 'upload-1',
    batchId: 'batch-1',
    at: NOW,
    fileName: 'deck.pptx',
    bytes: 1000,
    target: 'pdf',
    options: {},
    state: 'sending',
    sent: 0,
    error: null,
    ...changes,
  }
}

export function progress(changes: Partial<Progress> = {}): Progress {
  return {
    phase: 'exporting',
    current: null,
    total: null,
    unit: null,
    percent: null,
    indeterminate: true,
    ...changes,
  }
}

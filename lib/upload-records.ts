/** Files on their way: an upload is what becomes a job's source, under the job's own number, before there is a job. */

import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type Jobs, jobPrefix } from './jobs.ts'
import type { Storage } from './storage.ts'
import { AppError } from './vocabulary/errors.ts'

const UPLOADS_PREFIX = 'uploads/'
/** Whoever was let in at the last moment may finish. */
const GRACE_MS = 60_000

const RecordSchema = z.object({
  id: z.uuid(),
  /** Who opened it. `listed` says whether that is a stable name or only an address. */
  owner: z.string(),
  listed: z.boolean(),
  /** Of the whole file, in bytes. */
  length: z.int().min(0),
  /** What the sender said of it, as tus has it: given back, never used. */
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

/**
 * What must outlive the process about an open upload. It lies in storage beside the bytes, so that both are there or
 * gone together, and under a prefix of its own, so that all open uploads are found without a look at every job.
 */
export type UploadRecord = z.infer<typeof RecordSchema>

const recordKey = (id: string) => UPLOADS_PREFIX + id

export async function saveUploadRecord(storage: Storage, record: UploadRecord): Promise<void> {
  await storage.putSmall(recordKey(record.id), Buffer.from(JSON.stringify(record)))
}

async function readRecord(storage: Storage, key: string): Promise<UploadRecord | undefined> {
  try {
    const content = readJson(await text(await storage.read(key)))
    if (content !== undefined) return RecordSchema.parse(content)
    // It was written whole, and a power cut took what it said. Its bytes are swept like all that are no job's.
    await storage.delete(key)
    return undefined
  } catch (error) {
    // Closed or dropped since it was listed.
    if (error instanceof AppError && error.code === 'file_not_found') return undefined
    throw error
  }
}

function readJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

/** All that are open, also those over their time. */
export async function listUploadRecords(storage: Storage): Promise<UploadRecord[]> {
  const found: UploadRecord[] = []
  for await (const key of storage.list(UPLOADS_PREFIX)) {
    const record = await readRecord(storage, key)
    if (record) found.push(record)
  }
  return found
}

/** The upload has become a job, which has its bytes now. */
export async function deleteUploadRecord(storage: Storage, id: string): Promise<void> {
  await storage.delete(recordKey(id))
}

/** Deletes the bytes first: without its record nobody would look for them for an hour. */
export async function dropUpload(storage: Storage, id: string): Promise<void> {
  await storage.delete(jobPrefix(id))
  await storage.delete(recordKey(id))
}

/** Whether its time is over, `lateMs` ago at the least. */
export function isExpired(record: Pick<UploadRecord, 'expiresAt'>, lateMs = 0): boolean {
  return Date.parse(record.expiresAt) + lateMs <= Date.now()
}

/** Deletes what is over its time and gives the numbers of the uploads that are still open. */
export async function sweepUploads({
  storage,
  jobs,
}: {
  storage: Storage
  jobs: Jobs
}): Promise<Set<string>> {
  const uploads = await listUploadRecords(storage)
  // A crash between the job and the end of its upload leaves both: then the bytes are the job's.
  const taken = await jobs.existing(uploads.map(upload => upload.id))
  const open = new Set<string>()
  for (const upload of uploads) {
    if (taken.has(upload.id)) await deleteUploadRecord(storage, upload.id)
    else if (isExpired(upload, GRACE_MS)) await dropUpload(storage, upload.id)
    else open.add(upload.id)
  }
  return open
}

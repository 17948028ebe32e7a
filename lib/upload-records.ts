/** Open uploads. An upload is written under the key of its future job's source, before the job exists. */

import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type Jobs, jobPrefix } from './jobs.ts'
import type { Storage } from './storage.ts'
import { AppError } from './vocabulary/errors.ts'

const UPLOADS_PREFIX = 'uploads/'
/** An upload that began just before its expiry may finish. */
const GRACE_MS = 60_000

const RecordSchema = z.object({
  id: z.uuid(),
  /** The owner who opened it. `listed` is true for a stable cookie and false for an address. */
  owner: z.string(),
  listed: z.boolean(),
  /** The size of the whole file, in bytes. */
  length: z.int().min(0),
  /** The sender's metadata in the form of tus: returned, never used. */
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

/**
 * The state of an open upload that must survive the process. It is stored beside the bytes, so that both exist or
 * neither does, and under a separate prefix, so that all open uploads are found without listing every job.
 */
export type UploadRecord = z.infer<typeof RecordSchema>

const recordKey = (id: string) => UPLOADS_PREFIX + id

/** Creates or replaces the record of an open upload. */
export async function saveUploadRecord(storage: Storage, record: UploadRecord): Promise<void> {
  await storage.putSmall(recordKey(record.id), Buffer.from(JSON.stringify(record)))
}

async function readRecord(storage: Storage, key: string): Promise<UploadRecord | undefined> {
  try {
    const content = readJson(await text(await storage.read(key)))
    if (content !== undefined) return RecordSchema.parse(content)
    // A power cut emptied the record. Its bytes are swept like all files without a job.
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

/** All open uploads, including expired ones. */
export async function listUploadRecords(storage: Storage): Promise<UploadRecord[]> {
  const found: UploadRecord[] = []
  for await (const key of storage.list(UPLOADS_PREFIX)) {
    const record = await readRecord(storage, key)
    if (record) found.push(record)
  }
  return found
}

/** Deletes the record of an upload that became a job; the job owns the bytes now. */
export async function deleteUploadRecord(storage: Storage, id: string): Promise<void> {
  await storage.delete(recordKey(id))
}

/** Deletes the bytes first: without the record only the hourly sweep would find them. */
export async function dropUpload(storage: Storage, id: string): Promise<void> {
  await storage.delete(jobPrefix(id))
  await storage.delete(recordKey(id))
}

/** Whether the upload expired at least `lateMs` milliseconds ago. */
export function isExpired(record: Pick<UploadRecord, 'expiresAt'>, lateMs = 0): boolean {
  return Date.parse(record.expiresAt) + lateMs <= Date.now()
}

/** Deletes expired uploads and returns the ids of the open ones. */
export async function sweepUploads({
  storage,
  jobs,
}: {
  storage: Storage
  jobs: Jobs
}): Promise<Set<string>> {
  const uploads = await listUploadRecords(storage)
  // A crash between creating the job and closing its upload leaves both: then the bytes belong to the job.
  const taken = await jobs.existing(uploads.map(upload => upload.id))
  const open = new Set<string>()
  for (const upload of uploads) {
    if (taken.has(upload.id)) await deleteUploadRecord(storage, upload.id)
    else if (isExpired(upload, GRACE_MS)) await dropUpload(storage, upload.id)
    else open.add(upload.id)
  }
  return open
}

import type { IncomingMessage } from 'node:http'
import { cleanFileName } from '#lib/file-name.ts'
import { partKey, sourceKey } from '#lib/jobs.ts'
import { type Scanned, scan, sourceOf } from '#lib/scan.ts'
import type { StoredFile } from '#lib/storage.ts'
import { AppError, aboutPart } from '#lib/vocabulary/errors.ts'
import { jobFor } from '../job-access.ts'
import { ensureFreeSpace } from '../uploads/ensure-free-space.ts'
import { finishedUpload, type IntakeContext } from './intake.ts'
import { invalidRequest } from './invalid-request.ts'
import { publishedResult } from './result-routes.ts'

type NamedSource = { uploadId: string } | { jobId: string }

/** A merge whose job does not exist yet. */
export interface NewMerge {
  /** Of the new job. */
  id: string
  sources: readonly NamedSource[]
  hasPassword: boolean
  incoming: IncomingMessage
}

/** A part in storage under its job's id, with what the scan found. */
export interface ScannedPart {
  fileName: string
  stored: StoredFile & { key: string }
  scanned: Scanned
}

interface Located {
  fileName: string
  stored: StoredFile & { key: string }
}

/**
 * Makes one of the sources a part that the new job owns. A refused upload is deleted.
 * @throws AppError as `createMergedJob`; one about the file names it
 */
export async function takePart(index: number, merge: NewMerge, context: IntakeContext): Promise<ScannedPart> {
  const source = merge.sources[index]
  if (!source) throw new RangeError(`there is no source ${index}`)
  const located = await locate(source, merge.incoming, context)
  const { fileName } = located
  const stored = await ownCopy(located, partKey(merge.id, index + 1), { merge, context })
  try {
    const bytes = sourceOf(context.storage, stored.key, stored.bytes)
    return { fileName, stored, scanned: await scan(bytes, fileName, merge) }
  } catch (error) {
    const isRefused = error instanceof AppError && !error.retryable
    if ('uploadId' in source && isRefused) await context.uploads.drop(source.uploadId)
    throw aboutPart(error, fileName)
  }
}

async function locate(
  source: NamedSource,
  incoming: IncomingMessage,
  context: IntakeContext,
): Promise<Located> {
  if ('jobId' in source) {
    const { key, bytes, sha256, fileName } = publishedResult(await jobFor(context, { id: source.jobId }))
    return { fileName, stored: { key, bytes, sha256 } }
  }
  const { uploadId: id } = source
  const { metadata } = await context.uploads.findOwn(id, incoming, { fromMemory: true })
  const name = metadata?.filename ?? metadata?.name
  if (!name) throw invalidRequest(`the metadata of the upload ${id} does not say how the file is called`)
  const file = await finishedUpload(id, incoming, context)
  return { fileName: cleanFileName(name), stored: { key: sourceKey(id), ...file } }
}

/** The upload whose id becomes the job's is its own already; everything else is copied. */
async function ownCopy(
  { stored }: Located,
  key: string,
  { merge, context }: { merge: NewMerge; context: IntakeContext },
): Promise<Located['stored']> {
  if (stored.key === sourceKey(merge.id)) return stored
  const { storage } = context
  await ensureFreeSpace(stored.bytes, context)
  const { bytes, sha256 } = await storage.write(key, await storage.read(stored.key), { ownsChunks: true })
  return { key, bytes, sha256 }
}

import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cleanFileName } from '#lib/file-name.ts'
import { type Job, jobPrefix, sourceKey } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { createJobOf, type StoredFileContext } from '../api/intake.ts'
import { findJob } from '../job-access.ts'
import { settingsOf, type WatchedFolder } from './watched-folder.ts'

/** Who owns the jobs of watched folders. */
const OWNER = 'watched-folders'

/** A file that was taken out of `in`: it is alone in a folder that has the id of its job. */
export interface TakenFile {
  id: string
  name: string
  path: string
}

/** Takes a file out of `in`, by one rename, so that of several processes one takes it; undefined where it is gone. */
export async function takeFile(folder: WatchedFolder, name: string): Promise<TakenFile | undefined> {
  const id = randomUUID()
  const path = join(folder.taken, id, name)
  await mkdir(join(folder.taken, id))
  try {
    await rename(join(folder.in, name), path)
    return { id, name, path }
  } catch {
    await rmdir(join(folder.taken, id)).catch(() => {}) // Another process may have cleared it away.
    return undefined
  }
}

/** What was taken and is not done, also by processes before this one. */
export async function takenFiles({ taken }: WatchedFolder): Promise<TakenFile[]> {
  const found: TakenFile[] = []
  for (const id of await readdir(taken)) {
    const [name] = await readdir(join(taken, id)).catch(() => [])
    if (name !== undefined) found.push({ id, name, path: join(taken, id, name) })
    // Its process ended before the file was in it, or after it was out again.
    else await rmdir(join(taken, id)).catch(() => {})
  }
  return found
}

/**
 * The job of a taken file, which is created where there is none: the id is that of its folder, so a restart makes no
 * second one.
 * @throws AppError for a file or settings that cannot be converted, and as `Jobs.create`
 */
export async function jobOfTakenFile(
  file: TakenFile,
  folder: WatchedFolder,
  context: StoredFileContext,
): Promise<Job> {
  const { storage, config } = context
  const earlier = await findJob(context, { id: file.id })
  if (earlier) return earlier
  const settings = { ...(await settingsOf(folder)), keepSource: false }
  // A link that came between the look and the rename is not followed.
  const source = await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const maxBytes = config.maxUploadBytes
    const stored = await storage.write(sourceKey(file.id), source.createReadStream({ autoClose: false }), {
      maxBytes,
    })
    const received = { id: file.id, fileName: cleanFileName(file.name), file: stored }
    const requester = {
      owner: OWNER,
      identified: true,
      waits: true,
      idempotencyKey: undefined,
      locale: undefined,
      traceparent: undefined,
    }
    return (await createJobOf(received, { settings, requester }, context)).job
  } catch (error) {
    if (error instanceof AppError && !error.retryable) await storage.delete(jobPrefix(file.id))
    throw error
  } finally {
    await source.close()
  }
}

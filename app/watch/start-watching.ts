import type { Logger } from '#lib/log.ts'
import { reasonOf } from '#lib/reason-of.ts'
import { AppError, asAppError, jobErrorOf } from '#lib/vocabulary/errors.ts'
import type { StoredFileContext } from '../api/intake.ts'
import { deliverFailure, deliverResult } from './deliver.ts'
import { StableFiles } from './stable-files.ts'
import { jobOfTakenFile, type TakenFile, takeFile, takenFiles } from './taken-file.ts'
import { ensureFolders, type WatchedFolder, watchedFoldersIn } from './watched-folder.ts'

const LOOK_EVERY_MS = 2_000

export type WatchContext = StoredFileContext & { log: Logger }

/**
 * Watches the folders of `root` until it is stopped. All that it knows is in the folders and the jobs, so a restart goes
 * on where the process ended.
 */
export function startWatching(
  root: string,
  context: WatchContext,
  everyMs = LOOK_EVERY_MS,
): { stop(): Promise<void> } {
  const looks = new Map<string, StableFiles>()
  const warn = warnOnce(context.log)
  let isStopped = false
  let running: Promise<void> | undefined

  async function lookAtAll(): Promise<void> {
    try {
      for (const folder of await watchedFoldersIn(root)) if (!isStopped) await lookAt(folder)
    } catch (error) {
      warn({ err: error }, 'the watched folders cannot be read; they are looked at again')
    }
  }

  async function lookAt(folder: WatchedFolder): Promise<void> {
    const look = looks.get(folder.in) ?? new StableFiles(folder.in)
    looks.set(folder.in, look)
    await ensureFolders(folder)
    for (const name of await look.look()) await takeFile(folder, name)
    for (const file of await takenFiles(folder))
      if (!isStopped) await goOn(file, folder, { ...context, warn })
  }

  const timer = setInterval(() => {
    running ??= lookAtAll().finally(() => {
      running = undefined
    })
  }, everyMs)
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}

type Warn = (fields: { err: unknown; jobId?: string }, message: string) => void

/** Warns of the same once, not at each look. */
function warnOnce(log: Logger): Warn {
  const said = new Set<string>()
  return (fields, message) => {
    const key = `${fields.jobId} ${reasonOf(fields.err)}`
    if (!said.has(key)) log.warn(fields, message)
    said.add(key)
  }
}

/** Does with one taken file what is to be done now; what cannot be done now is tried at the next look. */
async function goOn(
  file: TakenFile,
  folder: WatchedFolder,
  context: WatchContext & { warn: Warn },
): Promise<void> {
  const where = { file, folder, storage: context.storage }
  try {
    const job = await jobOfTakenFile(file, folder, context)
    if (job.needs) {
      await context.jobs.cancel(job.id)
      return await deliverFailure(new AppError('password_required').toJobError(), where)
    }
    if (job.state === 'queued' || job.state === 'running') return
    const { result } = job
    // A result whose file is gone is refused by the storage, which ends below.
    if (result) await deliverResult({ ...job, result }, where)
    else await deliverFailure(failureOf(job), where)
  } catch (error) {
    if (error instanceof AppError && !error.retryable) await deliverFailure(error.toJobError(), where)
    else
      context.warn(
        { err: asAppError(error), jobId: file.id },
        'a watched file has to wait; it is tried again',
      )
  }
}

function failureOf({ error, state }: { error: Parameters<typeof jobErrorOf>[0] | null; state: string }) {
  if (error) return jobErrorOf(error)
  return new AppError(state === 'cancelled' ? 'no_result' : 'file_not_found').toJobError()
}

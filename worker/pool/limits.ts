import { asAppError } from '#lib/vocabulary/errors.ts'
import { resultPathIn } from '#worker/document-paths.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import { type ConversionLimits, Watchdog } from '#worker/watchdog.ts'
import type { EngineProcess } from './engine-process.ts'

export interface LimitedProcess {
  process: EngineProcess
  /** Its process tree at the last measurement. */
  processTree: readonly number[]
}

/**
 * Runs one conversion within its limits. When it exceeds one, or its signal aborts, the process is killed, and this
 * rejects once nothing of it is left.
 * @throws AppError `cpu_limit`, `stalled`, `out_of_memory`, `result_too_large`, what the process throws; the signal's
 * reason
 */
export async function convertWithinLimits(
  limits: ConversionLimits,
  { process, processTree }: LimitedProcess,
  conversion: Conversion,
): Promise<Converted> {
  conversion.signal.throwIfAborted()
  const over = new AbortController()
  const { signal } = over
  const abort = () => over.abort(conversion.signal.reason)
  conversion.signal.addEventListener('abort', abort, { once: true })
  const { directory, target, processor } = conversion
  const resultPath = resultPathIn(directory, target)
  const watched = { pid: () => process.pid(), processTree, resultPath, target, processor }
  const watchdog = new Watchdog(watched, limits, error => over.abort(error))
  const onProgress: Conversion['onProgress'] = progress => {
    if (signal.aborted) return
    watchdog.onProgress(progress)
    conversion.onProgress(progress)
  }
  try {
    const converted = await process.convert({ ...conversion, signal, onProgress })
    watchdog.checkResult()
    return converted
  } catch (thrown) {
    if (!signal.aborted) throw await explained(thrown, process, watchdog)
    await stopped(process)
    throw signal.reason
  } finally {
    watchdog.stop()
    conversion.signal.removeEventListener('abort', abort)
  }
}

/** A dead engine is cleaned up first; it may have died of a limit before the watchdog measured it. */
async function explained(thrown: unknown, process: EngineProcess, watchdog: Watchdog): Promise<unknown> {
  const error = asAppError(thrown)
  if (error.code !== 'engine_crashed') return error
  await stopped(process)
  return watchdog.postMortem() ?? error
}

/** The cleanup of the process reports what cannot be killed; here that must not hide why it was killed. */
function stopped(process: EngineProcess): Promise<void> {
  return process.stop().catch(() => {})
}

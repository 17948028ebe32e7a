import { join } from 'node:path'
import { type Ended, PROCESS_LIMITS, type Sandbox } from './sandbox.ts'
import type { ProcessorTime } from './watchdog/processor-time.ts'
import { type ConversionLimits, Watchdog } from './watchdog.ts'

/** The kernel's limits are above the watchdog's, because those produce better errors. */
const MARGIN_BYTES = 2 ** 28
/** Runs a command to its end, and appends its processor times to stderr. */
const WITH_TIMES = '"$@"; code=$?; times >&2; exit $code'
/** The times of the shell itself, and then those of its children: user and system time. */
const TIMES = /(?:\d+m[\d.]+s \d+m[\d.]+s\n)(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n$/

/** The context of programs that run one after another for one conversion. */
export interface ProgramContext {
  sandbox: Sandbox
  /** The slot's folder with all files. */
  slot: string
  /** The target's name for error messages. */
  target: string
  limits: ConversionLimits
  /** The processor time of the whole conversion; without it only the program's own time counts. */
  processor?: ProcessorTime | undefined
  signal: AbortSignal
}

/**
 * Runs a program in the sandbox to its end with any exit code, within the limits. `page` is the page that it works on,
 * for error messages.
 * @throws AppError `stalled`, `cpu_limit`, `out_of_memory`, `result_too_large`; the signal's reason
 */
export async function runWatched(
  command: readonly string[],
  { sandbox, slot, target, limits, processor, signal }: ProgramContext,
  page?: number,
): Promise<Ended> {
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  const program = sandbox.spawn(['/bin/sh', '-c', WITH_TIMES, 'sh', ...command], {
    slot,
    signal: stop,
    limits: {
      ...PROCESS_LIMITS,
      addressSpaceBytes: limits.memoryBytes + MARGIN_BYTES,
      fileBytes: limits.resultBytes + MARGIN_BYTES,
    },
  })
  const watched = {
    pid: () => program.pid,
    processTree: [],
    resultPath: join(slot, `result.${target}`),
    target,
    processor,
  }
  const watchdog = new Watchdog(watched, limits, error => over.abort(error))
  if (page !== undefined) watchdog.onProgress({ phase: 'exporting', current: page, unit: 'page' })
  const ended = await program.ended.catch(error => {
    watchdog.stop()
    throw error
  })
  const { stderr, cpuMs } = withoutTimes(ended.stderr)
  watchdog.stop(cpuMs)
  if (stop.aborted) await program.kill()
  stop.throwIfAborted()
  return { ...ended, stderr }
}

/** Undefined where a program was killed or its output was cut. */
function withoutTimes(stderr: string): { stderr: string; cpuMs?: number } {
  const times = TIMES.exec(stderr)
  if (!times) return { stderr }
  const [userMinutes, user, systemMinutes, system] = times.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ]
  return {
    stderr: stderr.slice(0, times.index),
    cpuMs: 1000 * (60 * (userMinutes + systemMinutes) + user + system),
  }
}

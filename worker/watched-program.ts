import { join } from 'node:path'
import { type Ended, PROCESS_LIMITS, type Sandbox } from './sandbox.ts'
import type { ProcessorTime } from './watchdog/processor-time.ts'
import { type ConversionLimits, Watchdog } from './watchdog.ts'

/** The kernel's limits are the second ones; ours are told in words. */
const MARGIN_BYTES = 2 ** 28
/** Runs a command to its end, and tells behind its last words what it used of the processor. */
const WITH_TIMES = '"$@"; code=$?; times >&2; exit $code'
/** What the shell itself used, and then its children: user and system time. */
const TIMES = /(?:\d+m[\d.]+s \d+m[\d.]+s\n)(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n$/

/** How programs are to be run for one conversion, one after another. */
export interface ProgramContext {
  sandbox: Sandbox
  /** The slot's folder, where all files lie. */
  slot: string
  /** What is made, as a person reads it. */
  target: string
  limits: ConversionLimits
  /** Of the whole conversion; without it the program's own time counts alone. */
  processor?: ProcessorTime | undefined
  signal: AbortSignal
}

/**
 * Runs a program in the sandbox to its end, whatever that is, at most as far as the limits allow. `page` is the page
 * that it works on, for a person.
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

/** Undefined where a program was killed or said too much. */
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

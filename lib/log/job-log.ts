import type { Job } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { traceIdOf } from '../tracing/trace-context.ts'
import { errorForLog } from './error-for-log.ts'

/** Stands for the name of a file. */
const HIDDEN = '…'
/** Errors are no deeper than this: the error, its details or aggregated errors, and their values. */
const DEEPEST = 4

/** How a line of the log names a job, and its trace where it has one. */
export function jobInLog({ id, traceparent }: Pick<Job, 'id' | 'traceparent'>): Record<string, string> {
  const traceId = traceIdOf(traceparent)
  return { jobId: id, ...(traceId !== undefined && { traceId }) }
}

/**
 * The log of one attempt: every line has `jobId` and `attempt`. No error names its files, unless LOG_LEVEL asks for
 * details: programs print paths with the sender's names.
 */
export function logOfAttempt(
  log: Logger,
  job: Pick<Job, 'id' | 'traceparent' | 'attempt' | 'fileName' | 'sources'>,
): Logger {
  const fields = { ...jobInLog(job), attempt: job.attempt }
  if (log.isLevelEnabled('debug')) return log.child(fields)
  const names = namesOf(job)
  const err = (error: Error) => withoutNames(errorForLog(error), names, DEEPEST)
  return log.child(fields, { serializers: { err } })
}

/** The names as they may stand in an error, the longest first: whole, and up to the dot, because a result is named so. */
function namesOf({ fileName, sources }: Pick<Job, 'fileName' | 'sources'>): string[] {
  const names = [fileName, ...(sources ?? []).map(part => part.fileName)]
  const withStems = names.flatMap(name => [name, name.replace(/\.[^.]*$/, '.')])
  const all = withStems.flatMap(name => [name, encodeURI(name), encodeURIComponent(name)])
  return [...new Set(all)].filter(name => name.length > 1).sort((a, b) => b.length - a.length)
}

function withoutNames(value: unknown, names: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return names.reduce((text, name) => text.replaceAll(name, HIDDEN), value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return undefined
  const inside = (one: unknown) => withoutNames(one, names, depth - 1)
  if (Array.isArray(value)) return value.map(inside)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one)]))
}

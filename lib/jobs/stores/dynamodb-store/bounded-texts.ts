import type { ConversionReport } from '../../../vocabulary/conversion-report.ts'
import type { StoredError } from '../../../vocabulary/job.ts'

/** The service takes items of 400 KB, and every write of a large one costs as much again. */
const MOST_NOTES_BYTES = 100_000
const MOST_DETAIL_LENGTH = 4_000
const MOST_LOG_LENGTH = 1_000

/** The report with as many of its notes as fit; the worst come first. */
export function boundedReport(report: ConversionReport): ConversionReport {
  let left = MOST_NOTES_BYTES
  const notes = report.notes.filter(note => {
    left -= Buffer.byteLength(JSON.stringify(note))
    return left >= 0
  })
  return { ...report, notes }
}

/** The end of what the log says of an attempt. */
export function boundedLog(log: string | undefined): { log?: string } {
  return log ? { log: log.slice(-MOST_LOG_LENGTH) } : {}
}

/** The error with long details cut off. */
export function boundedError({ code, details, retryable }: StoredError): Omit<StoredError, 'message'> {
  const cut = (value: string | number) =>
    typeof value === 'string' ? value.slice(0, MOST_DETAIL_LENGTH) : value
  const entries = Object.entries(details).map(([name, value]) => [name, cut(value)])
  return { code, details: Object.fromEntries(entries), retryable }
}

import type { Conversion } from '#worker/engine.ts'
import { usualLoadShare } from '#worker/load-share.ts'

/** Reading the parts and writing one file of them, in milliseconds. */
const JOINING_MS = 500
/** What has to be gained at least: in milliseconds, and of the time that is left. */
const LEAST_GAIN_MS = 1500
const LEAST_GAIN_SHARE = 0.1
/** From when on the pace of the first pages says something, in milliseconds or pages. */
const SEEN_MS = 500
const SEEN_PAGES = 4

export interface ExportPace {
  /** How long the document took to load; a second engine needs as long. */
  loadMs: number
  /** How long the export has taken so far. */
  exportMs: number
  done: number
  total: number
}

/** Whether a second engine that loads the document now would bring the end of its export nearer. */
export function isWorthSharing({ loadMs, exportMs, done, total }: ExportPace): boolean {
  if (exportMs < SEEN_MS && done < SEEN_PAGES) return false
  return isGain({ loadMs, leftMs: (exportMs / done) * (total - done) })
}

/**
 * Whether a second engine that loads a document together with the first one would bring its end nearer. `seconds` is how
 * long such documents have taken at least, of which `loadShare` was for loading.
 */
export function isWorthFromStart({ seconds, loadShare }: { seconds: number; loadShare: number }): boolean {
  return isGain({ loadMs: 0, leftMs: 1000 * seconds * (1 - loadShare) })
}

/** The same where similar files have told how long they take. */
export function isExpectedLong({
  format,
  expectedSeconds: seconds,
  loadShare = usualLoadShare(format),
}: Pick<Conversion, 'format' | 'expectedSeconds' | 'loadShare'>): boolean {
  return seconds !== undefined && isWorthFromStart({ seconds, loadShare })
}

function isGain({ loadMs, leftMs }: { loadMs: number; leftMs: number }): boolean {
  const gainMs = (leftMs - loadMs) / 2 - JOINING_MS
  return gainMs >= LEAST_GAIN_MS && gainMs >= leftMs * LEAST_GAIN_SHARE
}

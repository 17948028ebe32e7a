import { failureFingerprint } from './fingerprint.ts'
import {
  type Failures,
  MOST_GROUPS,
  MOST_SAMPLES,
  type RawFailures,
  type StatisticsStore,
} from './statistics-store.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/** Minutes are kept for so long, hours for longer. */
const MINUTES_MS = 3 * HOUR_MS
export const HOURS_MS = 7 * DAY_MS
/** The last minutes are counted again: a write may reach its row a moment later. */
const AGAIN = 1
/** One run counts so many minutes at the most, and looks back no further than so far. */
const MOST_MINUTES = 60
const FURTHEST_MS = DAY_MS

/** Counts the minutes that are over and were not counted, and their hours. Returns whether some are left. */
export async function rollUp(store: StatisticsStore, now: Date): Promise<boolean> {
  const end = floorOf(now, MINUTE_MS)
  const latest = (await store.latestMinute())?.getTime() ?? end - HOUR_MS + AGAIN * MINUTE_MS
  const start = Math.max(latest - AGAIN * MINUTE_MS, end - FURTHEST_MS)
  const stop = Math.min(end, start + MOST_MINUTES * MINUTE_MS)
  for (let time = start; time < stop; time += MINUTE_MS) await countMinute(store, new Date(time))
  const firstHour = floorOf(new Date(start), HOUR_MS)
  for (let hour = firstHour; hour < stop; hour += HOUR_MS) await store.writeHour(new Date(hour))
  // Not by the clock: an hour that was counted late is made of all of its minutes.
  await store.forget({
    minutes: new Date(floorOf(new Date(start), HOUR_MS) - MINUTES_MS),
    hours: new Date(end - HOURS_MS),
  })
  return stop < end
}

async function countMinute(store: StatisticsStore, minute: Date): Promise<void> {
  const tally = await store.tally(minute, new Date(minute.getTime() + MINUTE_MS))
  const { failures, ...period } = tally
  await store.write('minute', period, failureGroupsOf(failures))
}

/** Failures that have one fingerprint, together. */
export function failureGroupsOf(raw: readonly RawFailures[]): Failures[] {
  const groups = new Map<string, Failures>()
  for (const { details, log, ...failures } of raw) {
    const fingerprint = failureFingerprint({ details, log })
    const key = JSON.stringify([failures.code, failures.format, fingerprint])
    const group = groups.get(key)
    groups.set(key, group ? joined(group, failures) : { ...failures, fingerprint })
  }
  return [...groups.values()].sort((a, b) => b.failed - a.failed).slice(0, MOST_GROUPS)
}

function joined(group: Failures, more: Omit<Failures, 'fingerprint'>): Failures {
  return {
    ...group,
    failed: group.failed + more.failed,
    firstAt: new Date(Math.min(group.firstAt.getTime(), more.firstAt.getTime())),
    lastAt: new Date(Math.max(group.lastAt.getTime(), more.lastAt.getTime())),
    samples: [...group.samples, ...more.samples].slice(0, MOST_SAMPLES),
  }
}

/** The start of the minute or hour of a time, in milliseconds. */
export function floorOf(time: Date, ms: number): number {
  return Math.floor(time.getTime() / ms) * ms
}

import type { JobTable, JobTableEntry } from '../jobs/stores/memory-store/job-table.ts'
import { SELF_CHECK_OWNER } from '../vocabulary/job.ts'
import { bucketOf, emptyHistogram } from './histogram.ts'
import { addedUp } from './period-sum.ts'
import { HOUR_MS } from './roll-up.ts'
import {
  type FailureGroup,
  type Failures,
  MOST_GROUPS,
  MOST_SAMPLES,
  type Period,
  type RawFailures,
  type Span,
  type StatisticsStore,
} from './statistics-store.ts'

interface Kept {
  span: Span
  period: Period
  failures: Failures[]
}

/** Statistics of the jobs in the memory of this process, for tests. */
export function createMemoryStatistics(table: JobTable): StatisticsStore {
  let kept: Kept[] = []
  const from = (span: Span, start: Date) =>
    kept
      .filter(one => one.span === span && one.period.startsAt >= start)
      .sort((a, b) => a.period.startsAt.getTime() - b.period.startsAt.getTime())
  const write = (span: Span, period: Period, failures: readonly Failures[]) => {
    const before = kept.find(
      one => one.span === span && one.period.startsAt.getTime() === period.startsAt.getTime(),
    )
    kept = kept.filter(one => one !== before)
    kept.push({
      span,
      period: before ? largerOf(before.period, period) : period,
      failures: before ? largerFailures(before.failures, failures) : [...failures],
    })
  }
  return {
    tally: async (start, end) => tally(table, start, end),
    latestMinute: async () => from('minute', new Date(0)).at(-1)?.period.startsAt,
    write: async (...written) => write(...written),
    async writeHour(startsAt) {
      const end = startsAt.getTime() + HOUR_MS
      const minutes = from('minute', startsAt).filter(({ period }) => period.startsAt.getTime() < end)
      if (minutes.length === 0) return
      const periods = minutes.map(({ period }) => period)
      write('hour', addedUp(startsAt, periods), groupsIn(minutes, startsAt))
    },
    periods: async (span, start) => from(span, start).map(({ period }) => structuredClone(period)),
    failuresSince: async (start, today) => groupsIn(from('hour', start), today),
    async forget({ minutes, hours }) {
      kept = kept.filter(({ span, period }) => period.startsAt >= (span === 'minute' ? minutes : hours))
    },
  }
}

function tally(table: JobTable, from: Date, to: Date): Period & { failures: RawFailures[] } {
  const isWithin = (time: Date | null) => time !== null && time >= from && time < to
  const isSomebodys = ({ owner }: JobTableEntry) => owner !== SELF_CHECK_OWNER
  const ended = table.where(e => isWithin(e.finishedAt) && isSomebodys(e))
  const completed = ended.filter(e => e.state === 'completed')
  const failed = ended.filter(e => e.state === 'failed')
  return {
    startsAt: from,
    created: table.where(e => isWithin(e.createdAt) && isSomebodys(e)).length,
    completed: completed.length,
    failed: failed.length,
    bytes: completed.reduce((sum, e) => sum + e.source.bytes, 0),
    waited: histogramOf([...completed, ...failed].map(e => [e.queuedAt, e.startedAt])),
    took: histogramOf(completed.map(e => [e.startedAt, e.finishedAt])),
    failures: failed.flatMap(rawOf),
  }
}

function histogramOf(times: readonly (readonly [Date | null, Date | null])[]): number[] {
  const counts = emptyHistogram()
  for (const [from, to] of times) {
    if (!from || !to) continue
    const bucket = bucketOf(Math.max(0, to.getTime() - from.getTime()) / 1000)
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  return counts
}

function rawOf({ id, error, source, finishedAt, timeline }: JobTableEntry): RawFailures[] {
  if (!error || !finishedAt) return []
  const { code, details } = error
  const times = { firstAt: finishedAt, lastAt: finishedAt }
  const log = timeline.at(-1)?.log?.split('\n')[0] ?? null
  const said = { details: JSON.stringify(details), log }
  return [{ code, format: source.format, ...said, failed: 1, ...times, samples: [id] }]
}

function largerOf(a: Period, b: Period): Period {
  const max = (of: (period: Period) => number) => Math.max(of(a), of(b))
  const each = (one: readonly number[], other: readonly number[]) =>
    one.map((count, bucket) => Math.max(count, other[bucket] ?? 0))
  return {
    startsAt: a.startsAt,
    created: max(({ created }) => created),
    completed: max(({ completed }) => completed),
    failed: max(({ failed }) => failed),
    bytes: max(({ bytes }) => bytes),
    waited: each(a.waited, b.waited),
    took: each(a.took, b.took),
  }
}

const isAlike = (a: Failures, b: Failures) =>
  a.code === b.code && a.format === b.format && a.fingerprint === b.fingerprint

function largerFailures(before: readonly Failures[], now: readonly Failures[]): Failures[] {
  const gone = before.filter(one => !now.some(other => isAlike(one, other)))
  const known = now.map(one => {
    const earlier = before.find(other => isAlike(one, other))
    return { ...one, failed: Math.max(one.failed, earlier?.failed ?? 0) }
  })
  return [...gone, ...known]
}

/** The failures of several periods, alike ones together, most since `today` first. */
function groupsIn(kept: readonly Kept[], today: Date): FailureGroup[] {
  const groups: FailureGroup[] = []
  for (const { period, failures } of kept.toReversed())
    for (const one of failures) {
      const failedToday = period.startsAt >= today ? one.failed : 0
      const group = groups.find(other => isAlike(one, other))
      if (!group) groups.push({ ...one, failedToday })
      else {
        group.failed += one.failed
        group.failedToday += failedToday
        group.firstAt = new Date(Math.min(group.firstAt.getTime(), one.firstAt.getTime()))
        group.samples = [...group.samples, ...one.samples].slice(0, MOST_SAMPLES)
      }
    }
  return groups.sort((a, b) => b.failedToday - a.failedToday || b.failed - a.failed).slice(0, MOST_GROUPS)
}

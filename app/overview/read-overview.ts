import type { Backend } from '#lib/backend.ts'
import { cachedFor } from '#lib/cached-for.ts'
import type { Config } from '#lib/config.ts'
import { quantile } from '#lib/statistics/histogram.ts'
import { addedUp } from '#lib/statistics/period-sum.ts'
import { floorOf, HOUR_MS, HOURS_MS, MINUTE_MS } from '#lib/statistics/roll-up.ts'
import type { Period, Span } from '#lib/statistics/statistics-store.ts'
import type { Statistics } from '#lib/statistics.ts'
import { attentionTo, oldestWaitsS } from './attention.ts'
import type { ChartBar, LastHour, Overview } from './overview.ts'

/** For so long one reading of what changes rarely serves, in milliseconds. */
const RARELY_MS = 5_000
/** The minutes of the live chart. */
const LIVE_MINUTES = 15

export interface OverviewSources extends Pick<Backend, 'jobs' | 'storage' | 'statistics' | 'scheduleRuns'> {
  config: Pick<Config, 'diskReserveBytes'>
}

/** Makes what reads how everything stands. However many jobs there are, it reads as much. */
export function createOverview(sources: OverviewSources): () => Promise<Overview> {
  const { jobs, storage, statistics, scheduleRuns, config } = sources
  const readRuns = cachedFor(RARELY_MS, () => scheduleRuns.list())
  const readFree = cachedFor(RARELY_MS, () => storage.freeBytes())
  const readCharts = cachedFor(RARELY_MS, async () => statistics && chartsOf(statistics))
  return async () => {
    const [stats, workers, runs, freeBytes, charts] = await Promise.all([
      jobs.stats(),
      jobs.seenWorkers(),
      readRuns(),
      readFree(),
      readCharts(),
    ])
    const now = Date.now()
    const reserveBytes = config.diskReserveBytes
    const { queued, running, dead, exact } = stats
    return {
      at: new Date(now).toISOString(),
      ...{ queued, running, dead, exact, freeBytes, reserveBytes },
      oldestWaitsS: oldestWaitsS(stats, now),
      workers: { ready: stats.workers.filter(({ ready }) => ready).length, seen: stats.workers.length },
      ...(charts ?? { lastHour: null, minutes: null, hours: null }),
      attention: attentionTo({ now, stats, workers, runs, freeBytes, reserveBytes }),
    }
  }
}

async function chartsOf(statistics: Statistics): Promise<Pick<Overview, 'lastHour' | 'minutes' | 'hours'>> {
  const now = new Date()
  const minute = floorOf(now, MINUTE_MS)
  const hour = floorOf(now, HOUR_MS)
  const [minutes, hours, current] = await Promise.all([
    statistics.periods('minute', new Date(minute - HOUR_MS)),
    statistics.periods('hour', new Date(hour - HOURS_MS + HOUR_MS)),
    statistics.since(new Date(minute)),
  ])
  const lastHour = [...minutes.filter(({ startsAt }) => startsAt.getTime() < minute), current]
  return {
    lastHour: lastHourOf(addedUp(current.startsAt, lastHour)),
    minutes: barsOf(lastHour, 'minute', { last: minute, count: LIVE_MINUTES }),
    hours: barsOf(hours, 'hour', { last: hour, count: HOURS_MS / HOUR_MS }),
  }
}

function lastHourOf({ created, completed, failed, waited, took }: Period): LastHour {
  const quantiles = (counts: readonly number[]) => ({
    p50: quantile(counts, 0.5),
    p95: quantile(counts, 0.95),
  })
  return { created, completed, failed, waited: quantiles(waited), took: quantiles(took) }
}

/** One bar for each minute or hour, also for those in which nothing was counted. */
function barsOf(
  periods: readonly Period[],
  span: Span,
  { last, count }: { last: number; count: number },
): ChartBar[] {
  const ms = span === 'minute' ? MINUTE_MS : HOUR_MS
  const byTime = new Map(periods.map(period => [period.startsAt.getTime(), period]))
  return Array.from({ length: count }, (_, index) => {
    const time = last - (count - 1 - index) * ms
    const { completed = 0, failed = 0 } = byTime.get(time) ?? {}
    return { at: new Date(time).toISOString(), completed, failed }
  })
}

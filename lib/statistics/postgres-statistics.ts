import type pg from 'pg'
import { againIfDropped } from '../postgres/again-if-dropped.ts'
import { transaction } from '../postgres/transaction.ts'
import { SELF_CHECK_OWNER } from '../vocabulary/job.ts'
import { BOUNDS_S, emptyHistogram } from './histogram.ts'
import { addedUp } from './period-sum.ts'
import {
  type FailureGroup,
  type Failures,
  MOST_GROUPS,
  MOST_RAW,
  MOST_SAMPLES,
  type Period,
  type RawFailures,
  type Span,
  type StatisticsStore,
} from './statistics-store.ts'

/** Of the first line of a log, in characters. */
const LONGEST_LOG = 300

const BOUNDS = `ARRAY[${BOUNDS_S.join(', ')}]::float8[]`
const secondsBetween = (from: string, to: string) =>
  `width_bucket(greatest(0, extract(epoch FROM ${to} - ${from}))::float8, ${BOUNDS})`

const IS_SOMEBODYS = `owner <> '${SELF_CHECK_OWNER}'`
// The condition is that of the index of ended jobs, so only the rows of the time are read.
const ENDED = `
  state IN ('completed', 'failed') AND finished_at IS NOT NULL AND finished_at >= $1 AND finished_at < $2
  AND ${IS_SOMEBODYS}`
// The condition on the bytes is that of the index by creation.
const CREATED = `
  SELECT count(*)::int AS created FROM jobs
  WHERE created_at >= $1 AND created_at < $2 AND source_bytes >= 0 AND ${IS_SOMEBODYS}`
const ENDS = `
  SELECT state::text, ${secondsBetween('queued_at', 'started_at')} AS waited,
    ${secondsBetween('started_at', 'finished_at')} AS took, count(*)::int, sum(source_bytes)::float8 AS bytes
  FROM jobs WHERE ${ENDED} GROUP BY 1, 2, 3`
const FAILURES = `
  SELECT error->>'code' AS code, source_format AS format, coalesce(error->'details', '{}')::text AS details,
    left(split_part(log, E'\\n', 1), ${LONGEST_LOG}) AS log, count(*)::int AS failed, min(finished_at) AS "firstAt",
    max(finished_at) AS "lastAt", (array_agg(id ORDER BY finished_at DESC))[1:${MOST_SAMPLES}] AS samples
  FROM jobs LEFT JOIN attempts ON job_id = id AND number = jobs.attempt
  WHERE ${ENDED} AND state::text = 'failed' AND error IS NOT NULL
  GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC LIMIT ${MOST_RAW}`

const larger = (column: string) => `ARRAY(
      SELECT greatest(kept, counted) FROM unnest(s.${column}, excluded.${column}) WITH ORDINALITY AS t(kept, counted, n)
      ORDER BY n
    )`
const WRITE = `
  INSERT INTO job_statistics AS s (span, starts_at, created, completed, failed, bytes, waited, took)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (span, starts_at) DO UPDATE SET created = greatest(s.created, excluded.created),
    completed = greatest(s.completed, excluded.completed), failed = greatest(s.failed, excluded.failed),
    bytes = greatest(s.bytes, excluded.bytes), waited = ${larger('waited')}, took = ${larger('took')}`
const WRITE_FAILURES = `
  INSERT INTO failure_statistics AS s
    (span, starts_at, code, format, fingerprint, failed, first_at, last_at, samples)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (span, starts_at, code, format, fingerprint) DO UPDATE
  SET failed = greatest(s.failed, excluded.failed), first_at = least(s.first_at, excluded.first_at),
    last_at = greatest(s.last_at, excluded.last_at), samples = excluded.samples`

const PERIODS = `
  SELECT starts_at AS "startsAt", created, completed, failed, bytes::float8, waited, took
  FROM job_statistics WHERE span = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at`
const HOUR_FAILURES = `
  SELECT code, format, fingerprint, sum(failed)::int AS failed, min(first_at) AS "firstAt", max(last_at) AS "lastAt",
    (SELECT array_agg(id) FROM (
      SELECT unnest(m.samples) AS id FROM failure_statistics AS m
      WHERE m.span = 'minute' AND m.starts_at >= $1 AND m.starts_at < $2
        AND (m.code, m.format, m.fingerprint) = (f.code, f.format, f.fingerprint)
      ORDER BY m.starts_at DESC LIMIT ${MOST_SAMPLES}
    ) AS latest) AS samples
  FROM failure_statistics AS f WHERE span = 'minute' AND starts_at >= $1 AND starts_at < $2
  GROUP BY code, format, fingerprint ORDER BY 4 DESC LIMIT ${MOST_GROUPS}`
const GROUPS = `
  SELECT code, format, fingerprint, sum(failed)::int AS failed,
    coalesce(sum(failed) FILTER (WHERE starts_at >= $2), 0)::int AS "failedToday",
    min(first_at) AS "firstAt", max(last_at) AS "lastAt",
    (array_agg(samples[1] ORDER BY last_at DESC))[1:${MOST_SAMPLES}] AS samples
  FROM failure_statistics WHERE span = 'hour' AND starts_at >= $1
  GROUP BY code, format, fingerprint ORDER BY 5 DESC, 4 DESC LIMIT ${MOST_GROUPS}`
const FORGET = ['job_statistics', 'failure_statistics'].map(
  table => `
  DELETE FROM ${table} WHERE (span = 'minute' AND starts_at < $1) OR (span = 'hour' AND starts_at < $2)`,
)

interface EndsRow {
  state: string
  waited: number | null
  took: number | null
  count: number
  bytes: number
}

/** Statistics in PostgreSQL, over the connections of the jobs. */
export function createPostgresStatistics(pool: pg.Pool): StatisticsStore {
  async function read<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    return (await againIfDropped(() => pool.query<Row>(text, values))).rows
  }
  const periods = (span: Span, from: Date, to: Date) => read<Period>(PERIODS, [span, from, to])
  const write = (span: Span, period: Period, failures: readonly Failures[]) =>
    transaction(pool, async client => {
      const { startsAt, created, completed, failed, bytes, waited, took } = period
      await client.query(WRITE, [span, startsAt, created, completed, failed, bytes, waited, took])
      for (const { code, format, fingerprint, ...group } of failures) {
        const counts = [group.failed, group.firstAt, group.lastAt, group.samples]
        await client.query(WRITE_FAILURES, [span, startsAt, code, format, fingerprint, ...counts])
      }
    })
  return {
    async tally(from, to) {
      const values = [from, to]
      const [created, ends, failures] = await Promise.all([
        read<{ created: number }>(CREATED, values),
        read<EndsRow>(ENDS, values),
        read<RawFailures>(FAILURES, values),
      ])
      return { ...periodOf(from, ends), created: created[0]?.created ?? 0, failures }
    },
    async latestMinute() {
      const text = `SELECT starts_at AS at FROM job_statistics WHERE span = 'minute' ORDER BY starts_at DESC LIMIT 1`
      return (await read<{ at: Date }>(text, []))[0]?.at
    },
    write,
    async writeHour(startsAt) {
      const end = new Date(startsAt.getTime() + 3_600_000)
      const minutes = await periods('minute', startsAt, end)
      const failures = await read<Failures>(HOUR_FAILURES, [startsAt, end])
      if (minutes.length > 0) await write('hour', addedUp(startsAt, minutes), failures)
    },
    periods: (span, from) => periods(span, from, new Date(Date.now() + 86_400_000)),
    failuresSince: (from, today) => read<FailureGroup>(GROUPS, [from, today]),
    async forget({ minutes, hours }) {
      for (const text of FORGET) await pool.query(text, [minutes, hours])
    },
  }
}

function periodOf(startsAt: Date, rows: readonly EndsRow[]): Period {
  const counts = { created: 0, completed: 0, failed: 0, bytes: 0 }
  const period = { startsAt, ...counts, waited: emptyHistogram(), took: emptyHistogram() }
  for (const { state, waited, took, count, bytes } of rows) {
    const isCompleted = state === 'completed'
    period[isCompleted ? 'completed' : 'failed'] += count
    if (isCompleted) period.bytes += bytes
    if (waited !== null) period.waited[waited] = (period.waited[waited] ?? 0) + count
    if (isCompleted && took !== null) period.took[took] = (period.took[took] ?? 0) + count
  }
  return period
}

import type pg from 'pg'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { JOB_STATES } from '../../../vocabulary/job.ts'
import { type FacetCounts, type JobListing, MOST_FACET } from '../../../vocabulary/job-filter.ts'
import type { JobSearch, JobSearchQuery } from '../../search.ts'
import { type SearchPlan, SORT_NAME, searchPlan } from './search-plan.ts'

/** So many rows one statement looks at, and so many statements one page takes at the most. */
const MOST_SCANNED = 120
const MOST_SCANS = 20

const LISTING = `
  id, batch_id AS "batchId", owner, file_name AS "fileName", source_format AS format, source_bytes AS bytes,
  source_sha256 AS sha256, target, state, error->>'code' AS "errorCode",
  coalesce((error->>'retryable')::boolean, false) AS retryable, version, attempt - handed_back AS attempt,
  max_attempts AS "maxAttempts", created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt",
  expires_at AS "expiresAt", files_deleted_at IS NOT NULL OR deleted_by IS NOT NULL AS "filesDeleted"`

type Times = 'createdAt' | 'startedAt' | 'finishedAt' | 'expiresAt'
type ListingRow = Omit<JobListing, Times | 'bytes'> & { bytes: string } & Record<Times, Date> & {
    sortName: string
    isFound: boolean
  }

/** @see JobSearch */
export function searchOfRows({ pool }: { pool: Pick<pg.Pool, 'query'> }): JobSearch {
  const ask = (text: string, values: unknown[] = []) =>
    againIfDropped(() => pool.query<ListingRow>(text, values))
  return {
    async find(query) {
      const plan = searchPlan(query.filter)
      const found: ListingRow[] = []
      let after = query.after ?? null
      for (let scan = 0; scan < MOST_SCANS; scan++) {
        const { rows } = await ask(...statementFor(plan, query, after))
        const wanted = query.limit - found.length
        const fitting = rows.filter(row => row.isFound)
        found.push(...fitting.slice(0, wanted))
        if (fitting.length > wanted) return page(found, cursorOf(plan, fitting[wanted - 1]))
        if (rows.length < scanLimit(plan, query)) return page(found, null)
        after = cursorOf(plan, rows.at(-1))
        if (fitting.length === wanted) break
      }
      return page(found, after)
    },
    findByIds: async ids =>
      (await ask(`SELECT ${LISTING} FROM jobs WHERE id = ANY($1::uuid[])`, [ids])).rows.map(listing),
    async countStates() {
      const { rows } = await againIfDropped(() => pool.query<FacetCounts>(COUNT_STATES))
      return rows[0] ?? (Object.fromEntries(JOB_STATES.map(state => [state, 0])) as FacetCounts)
    },
  }
}

// From the oldest on: their rows are on pages that the index need not look up.
const COUNT_STATES = `SELECT ${JOB_STATES.map(
  state => `(SELECT count(*) FROM (
    SELECT FROM jobs WHERE state = '${state}' AND source_bytes > -1 ORDER BY created_at, id LIMIT ${MOST_FACET + 1}
  ) AS counted)::int AS ${state}`,
).join(', ')}`

const page = (rows: readonly ListingRow[], next: string | null) => ({ items: rows.map(listing), next })

/** A search whose index answers all of it looks at one row more than it shows. */
function scanLimit({ rest }: SearchPlan, { limit }: JobSearchQuery): number {
  return rest === undefined ? limit + 1 : MOST_SCANNED
}

/** The planner sees the conditions of one index alone, so that it takes that one and stops where it is told. */
function statementFor(plan: SearchPlan, query: JobSearchQuery, after: string | null): [string, unknown[]] {
  const { where, order, rest = 'true' } = plan
  const values = [...plan.values]
  const place = after === null ? undefined : placeOf(after, order.length)
  const later =
    place &&
    `(${order.join(', ')}) < (${place.map((_, n) => `$${values.length + n + 1}${CASTS.at(n - place.length)}`).join(', ')})`
  const text = `
    WITH scanned AS MATERIALIZED (
      SELECT *, ${SORT_NAME} AS sort_name FROM jobs WHERE ${[where, ...(later ? [later] : [])].join(' AND ')}
      ORDER BY ${order.map(column => `${column} DESC`).join(', ')} LIMIT ${scanLimit(plan, query)}
    )
    SELECT ${LISTING}, sort_name AS "sortName", ${rest} AS "isFound" FROM scanned
    ORDER BY ${order.map(column => `${column.replace(SORT_NAME, 'sort_name')} DESC`).join(', ')}`
  return [text, [...values, ...(place ?? [])]]
}

const CASTS = ['::text', '::timestamptz', '::uuid']

/** The last row that was read, as text that fits into an address. */
function cursorOf({ order }: SearchPlan, row: ListingRow | undefined): string | null {
  if (!row) return null
  const place = [row.sortName, row.createdAt.toISOString(), row.id].slice(-order.length)
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** Undefined for text that is no cursor of such a search: it then begins anew. */
function placeOf(after: string, length: number): string[] | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(after, 'base64url').toString())
    const isPlace =
      Array.isArray(place) && place.length === length && place.every(one => typeof one === 'string')
    return isPlace ? place : undefined
  } catch {
    return undefined
  }
}

function listing({ sortName: _, isFound: __, ...row }: ListingRow): JobListing {
  return {
    ...row,
    bytes: Number(row.bytes),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
  }
}

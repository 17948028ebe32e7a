import type { JobFilter } from '../../../vocabulary/job-filter.ts'

/** As the index of names has them. */
export const SORT_NAME = `(lower(file_name) COLLATE "C")`

/** How a filter is answered: by one index, in its order, with the other conditions tested on what it brings. */
export interface SearchPlan {
  /** The conditions of the index. */
  where: string
  /** Its columns behind those that are fixed, for ORDER BY … DESC and the cursor. */
  order: string[]
  /** The other conditions; undefined where there are none. */
  rest: string | undefined
  /** Of both, as $1, $2 … */
  values: unknown[]
}

const NEWEST = ['created_at', 'id']

/** True of every row: the conditions of the index of all rows, and of those by something else (see their migration). */
const ANY = 'source_bytes >= 0'
const SEARCHED = 'source_bytes > -1'

/** The conditions that an index begins with, the one that leaves the fewest rows first. */
const DRIVERS = ['id', 'sha256', 'batchId', 'name', 'owner', 'errorCode', 'dead', 'state'] as const

/** Chooses the index by the fields that are filled in. */
export function searchPlan(filter: JobFilter): SearchPlan {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const driver = DRIVERS.find(name => filter[name] !== undefined)
  const isByTime = driver !== 'id' && driver !== 'name'
  const times = [
    ...(filter.from ? [`created_at >= ${bind(filter.from)}::timestamptz`] : []),
    ...(filter.to ? [`created_at < ${bind(filter.to)}::timestamptz`] : []),
  ]
  const where = [driver ? conditionOf(driver, filter, bind) : ANY, ...(isByTime ? times : [])]
  const rest = DRIVERS.filter(name => name !== driver && filter[name] !== undefined).map(name =>
    restOf(name, filter, bind),
  )
  const tested = [...rest, ...(isByTime ? [] : times)]
  return {
    where: where.join(' AND '),
    order: driver === 'name' ? [SORT_NAME, ...NEWEST] : NEWEST,
    rest: tested.length > 0 ? tested.join(' AND ') : undefined,
    values,
  }
}

type Bind = (value: unknown) => string
type Driver = (typeof DRIVERS)[number]

/** In the form that the index of this field answers. */
function conditionOf(name: Driver, filter: JobFilter, bind: Bind): string {
  switch (name) {
    case 'id': {
      const [first, last] = idRange(filter.id ?? '')
      return `id BETWEEN ${bind(first)}::uuid AND ${bind(last)}::uuid`
    }
    case 'name': {
      const from = (filter.name ?? '').toLowerCase()
      // Behind all that begin with it: the last character of Unicode is in no name.
      return `${SORT_NAME} >= ${bind(from)} AND ${SORT_NAME} < ${bind(`${from}\u{10FFFF}`)} AND ${SEARCHED}`
    }
    case 'errorCode':
      return `${restOf(name, filter, bind)} AND error IS NOT NULL`
    case 'sha256':
    case 'state':
      return `${restOf(name, filter, bind)} AND ${SEARCHED}`
    default:
      return restOf(name, filter, bind)
  }
}

/** In any form. States are literals, by which PostgreSQL chooses an index of a part of the rows. */
function restOf(name: Driver, filter: JobFilter, bind: Bind): string {
  switch (name) {
    case 'id':
      return `starts_with(id::text, ${bind(filter.id)})`
    case 'name':
      return `starts_with(lower(file_name), ${bind(filter.name?.toLowerCase())})`
    case 'sha256':
      return `source_sha256 = ${bind(filter.sha256)}`
    case 'batchId':
      return `batch_id = ${bind(filter.batchId)}::uuid`
    case 'owner':
      return `owner = ${bind(filter.owner)}`
    case 'errorCode':
      return `error->>'code' = ${bind(filter.errorCode)}`
    case 'dead':
      return `state = 'failed' AND (error->>'retryable')::boolean`
    case 'state':
      return `state = '${filter.state}'`
  }
}

/** The first and the last id with this beginning. */
function idRange(beginning: string): [string, string] {
  const digits = beginning.replaceAll('-', '')
  return [digits.padEnd(32, '0'), digits.padEnd(32, 'f')]
}

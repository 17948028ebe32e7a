import { type JobFilter, parseJobFilter, type WrongField } from '#lib/vocabulary/job-filter.ts'
import { OPERATOR_ACTIONS, type OperatorAction } from '#lib/vocabulary/operator-action.ts'
import type { JobSelection } from './bulk-jobs.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** More than a page of a list has. */
const MOST_IDS = 200

/** What the form of a list asks for: an action on the chosen rows (`id`), or with `scope=all` on all that it finds. */
export interface BulkRequest {
  action: OperatorAction
  selection: JobSelection
  wrong: WrongField[]
}

/** Undefined where no known action is asked for. */
export function parseBulkRequest(fields: URLSearchParams): BulkRequest | undefined {
  const action = OPERATOR_ACTIONS.find(one => one === fields.get('action'))
  if (!action) return undefined
  const ids = fields.getAll('id').filter(id => UUID.test(id))
  // The field of the filter has another name here, since `id` are the chosen rows.
  const { filter, wrong } = parseJobFilter(filterPart(fields))
  if (fields.get('scope') !== 'all') return { action, selection: { ids: ids.slice(0, MOST_IDS) }, wrong: [] }
  return { action, selection: { filter }, wrong }
}

function filterPart(fields: URLSearchParams): URLSearchParams {
  const entries = [...fields].filter(([name]) => name !== 'id' && name !== 'idPart')
  const idPart = fields.get('idPart')
  return new URLSearchParams(idPart ? [...entries, ['id', idPart]] : entries)
}

/** The fields of a selection, as `parseBulkRequest` reads them. */
export function bulkFields(selection: JobSelection, filterFields: (filter: JobFilter) => [string, string][]) {
  if ('ids' in selection) return selection.ids.map((id): [string, string] => ['id', id])
  const fields = filterFields(selection.filter).map(([name, value]): [string, string] => [
    name === 'id' ? 'idPart' : name,
    value,
  ])
  return [['scope', 'all'] as [string, string], ...fields]
}

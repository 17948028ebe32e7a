'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type FacetCounts, isFound, type JobListing, parseJobFilter } from '#lib/vocabulary/job-filter.ts'
import { OPERATOR_ACTIONS, type OperatorAction } from '#lib/vocabulary/operator-action.ts'
import { under } from '../../live/address.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useOperatorTopic } from '../live/use-operator-topic.ts'
import { JobsTableRow } from './jobs-table-row.tsx'
import { StateFacets } from './state-facets.tsx'

interface Props {
  rows: readonly JobListing[]
  /** For the facets of the states; unset: none are shown. */
  counts?: FacetCounts
  /** What is searched by. */
  fields: readonly [string, string][]
  href: string
  mayAct: boolean
  /** Whether newer jobs would stand on this page. */
  isFirst: boolean
  /** Those that make sense here; unset: all. */
  actions?: readonly OperatorAction[]
}

/** A page of jobs. Rows change in place; new ones wait until they are asked for, so that nothing moves. */
export function JobsTable({
  rows,
  counts,
  fields,
  href,
  mayAct,
  isFirst,
  actions = OPERATOR_ACTIONS,
}: Props) {
  const a = useAdminText()
  const router = useRouter()
  const [changed, setChanged] = useState<ReadonlyMap<string, JobListing>>(new Map())
  const [counted, setCounted] = useState<FacetCounts>()
  useOperatorTopic('jobs', {
    onGap: () => router.refresh(),
    on: {
      jobRows(changes) {
        setChanged(known => new Map([...known, ...changes.rows.map(row => [row.id, row] as const)]))
        setCounted(changes.counts)
      },
    },
  })
  const { filter } = parseJobFilter(new URLSearchParams([...fields]))
  const fresh = isFirst ? freshRows(rows, changed).filter(row => isFound(row, filter)) : []
  return (
    <>
      {counts && <StateFacets counts={counted ?? counts} fields={fields} />}
      <p className="fresh" role="status">
        {fresh.length > 0 && (
          <a
            className="button"
            href={under(href)}
            onClick={event => {
              event.preventDefault()
              router.refresh()
            }}
          >
            {a('jobs.fresh', { n: fresh.length })}
          </a>
        )}
      </p>
      {rows.length > 0 && (
        <form method="get" action={under('/admin/jobs/bulk')}>
          {fields.map(([name, value]) => (
            <input key={name} type="hidden" name={name === 'id' ? 'idPart' : name} value={value} />
          ))}
          <input type="hidden" name="back" value={href} />
          {mayAct && <BulkBar actions={actions} />}
          <div className="table">
            <table className="jobs">
              <thead>
                <tr>
                  {mayAct && <td />}
                  {(['fileName', 'state', 'attempt', 'error', 'created', 'took', 'owner'] as const).map(
                    name => (
                      <th key={name} scope="col">
                        {a(`jobs.${name}`)}
                      </th>
                    ),
                  )}
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <JobsTableRow key={row.id} job={newest(row, changed.get(row.id))} mayAct={mayAct} />
                ))}
              </tbody>
            </table>
          </div>
        </form>
      )}
    </>
  )
}

/** The actions lead to a page that says what they would do. */
function BulkBar({ actions }: { actions: readonly OperatorAction[] }) {
  const a = useAdminText()
  return (
    <div className="bulk">
      <label>
        {a('jobs.scope')}{' '}
        <select className="field" name="scope" defaultValue="chosen">
          <option value="chosen">{a('jobs.chosen')}</option>
          <option value="all">{a('jobs.allFound')}</option>
        </select>
      </label>
      {actions.map(action => (
        <button key={action} className="button" type="submit" name="action" value={action}>
          {a(`words.${action}`)}…
        </button>
      ))}
    </div>
  )
}

const newest = (row: JobListing, pushed: JobListing | undefined) =>
  pushed && pushed.version > row.version ? pushed : row

/** Pushed jobs that stand before the first row. */
function freshRows(rows: readonly JobListing[], pushed: ReadonlyMap<string, JobListing>): JobListing[] {
  const shown = new Set(rows.map(({ id }) => id))
  const latest = rows[0]?.createdAt ?? ''
  return [...pushed.values()].filter(({ id, createdAt }) => !shown.has(id) && createdAt >= latest)
}

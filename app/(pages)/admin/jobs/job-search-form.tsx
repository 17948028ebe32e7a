import { filterFields, type JobFilter, type WrongField } from '#lib/vocabulary/job-filter.ts'
import { under } from '../../live/address.ts'
import type { AdminText } from '../../messages/admin-texts.ts'

const FIELDS = ['name', 'id', 'owner', 'errorCode', 'batchId', 'sha256', 'from', 'to'] as const

interface Props {
  a: AdminText
  filter: JobFilter
  wrong: readonly WrongField[]
  /** The query: what was not understood stays in its field. */
  entered: URLSearchParams
  /** Where the form leads; that of the list of jobs unless given. */
  path?: string
}

/** What jobs are searched by. A form, so that it works without JavaScript and has an address. */
export function JobSearchForm({ a, filter, wrong, entered, path = '/admin/jobs' }: Props) {
  const values = {
    ...Object.fromEntries(wrong.map(name => [name, entered.get(name) ?? undefined])),
    ...Object.fromEntries(filterFields(filter)),
  }
  const isUsed = FIELDS.some(name => values[name] !== undefined) || wrong.length > 0
  return (
    <details className="search" open={isUsed}>
      <summary>{a('jobs.search')}</summary>
      {wrong.length > 0 && (
        <p className="outcome" role="alert">
          {a('jobs.wrong', { fields: wrong.map(name => a(`jobs.${name}`)).join(', ') })}
        </p>
      )}
      <form className="job-search" method="get" action={under(path)}>
        {filter.state && path === '/admin/jobs' && <input type="hidden" name="state" value={filter.state} />}
        {FIELDS.map(name => (
          <label key={name}>
            {a(`jobs.${name}`)}
            <input
              className="field"
              name={name}
              type={name === 'from' || name === 'to' ? 'datetime-local' : 'text'}
              defaultValue={name === 'from' || name === 'to' ? values[name]?.slice(0, 16) : values[name]}
              aria-invalid={wrong.includes(name) || undefined}
              autoComplete="off"
              spellCheck={false}
            />
          </label>
        ))}
        <p className="actions">
          <button className="button main" type="submit">
            {a('jobs.search')}
          </button>
          <a className="button" href={under(path)}>
            {a('jobs.clear')}
          </a>
        </p>
      </form>
    </details>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import type { FailureGroup } from '#lib/statistics/statistics-store.ts'
import { ERRORS } from '#lib/vocabulary/errors.ts'
import { sourceName } from '../../messages/names.ts'
import { type AdminContext, signedIn } from '../signed-in.ts'
import { UtcTime } from '../utc-time.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('failures.title') }
}

export default async function ErrorsRoute() {
  const context = await signedIn()
  const { statistics, a } = context
  const groups = (await statistics?.failures(new Date())) ?? []
  return (
    <>
      <h1>{a('failures.title')}</h1>
      <p className="hint">{a(statistics ? 'failures.about' : 'failures.notKept')}</p>
      {groups.length > 0 && <Groups groups={groups} context={context} />}
      {statistics && groups.length === 0 && <p>{a('failures.none')}</p>}
    </>
  )
}

const COLUMNS = ['error', 'format', 'today', 'week', 'first', 'last', 'samples'] as const

function Groups({ groups, context }: { groups: readonly FailureGroup[]; context: AdminContext }) {
  const { a } = context
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            {COLUMNS.map(name => (
              <th
                key={name}
                scope="col"
                className={name === 'today' || name === 'week' ? 'number' : undefined}
              >
                {a(`failures.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(group => (
            <GroupRow
              key={`${group.code} ${group.format} ${group.fingerprint}`}
              group={group}
              context={context}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupRow({ group, context }: { group: FailureGroup; context: AdminContext }) {
  const { code, format, fingerprint, failed, failedToday, firstAt, lastAt, samples } = group
  const { a, texts } = context
  const about = fingerprint || plainMessage(code)
  return (
    <tr>
      <td>
        <code>{code}</code>
        {about && (
          <div className="hint">
            <bdi lang="en">{about}</bdi>
          </div>
        )}
        <Link href={`/admin/jobs?${new URLSearchParams({ errorCode: code })}`} prefetch={false}>
          {a('failures.all')}
        </Link>
      </td>
      <td>{sourceName(texts, format)}</td>
      <td className="number">{texts.number(failedToday)}</td>
      <td className="number">{texts.number(failed)}</td>
      <td>
        <UtcTime at={firstAt} />
      </td>
      <td>
        <UtcTime at={lastAt} />
      </td>
      <td>
        {samples.map(id => (
          <Link key={id} className="id sample" href={`/admin/jobs/${id}`} prefetch={false}>
            {id.slice(0, 8)}
          </Link>
        ))}
      </td>
    </tr>
  )
}

/** The sentence of an error that has no details. */
function plainMessage(code: string): string {
  const known = ERRORS[code as keyof typeof ERRORS]
  return known && !known.message.includes('{') ? known.message : ''
}

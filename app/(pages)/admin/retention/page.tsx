import type { Metadata } from 'next'
import type { DueCount } from '#lib/jobs/operator-store.ts'
import { SCHEDULES } from '#lib/maintenance/schedules.ts'
import { nextCronTime } from '#lib/queues/cron.ts'
import { term } from '../../live/format.ts'
import { ActionForm } from '../action-form.tsx'
import { Outcome } from '../outcome.tsx'
import type { PageQuery } from '../search-params.ts'
import { type AdminContext, signedIn } from '../signed-in.ts'
import { UtcTime } from '../utc-time.tsx'

interface Props {
  searchParams: Promise<PageQuery>
}

/** What is deleted, and by which schedule. */
const SWEEPS = { files: 'expired', rows: 'history' } as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('schedules.retention') }
}

export default async function RetentionRoute({ searchParams }: Props) {
  const context = await signedIn()
  const { jobs, a, texts, role, config } = context
  const preview = await jobs.retentionPreview(new Date())
  const terms = { files: term(texts, config.retentionMs), rows: term(texts, config.historyMs) }
  return (
    <>
      <h1>{a('schedules.retention')}</h1>
      <Outcome query={await searchParams} a={a} texts={texts} />
      <p className="hint">{a('schedules.retentionAbout', terms)}</p>
      {role !== 'admin' && <p className="hint">{a('shell.lookOnly')}</p>}
      <div className="table">
        <table>
          <thead>
            <tr>
              {(['what', 'due', 'oldest', 'next'] as const).map(name => (
                <th key={name} scope="col" className={name === 'due' ? 'number' : undefined}>
                  {a(`schedules.${name}`)}
                </th>
              ))}
              {role === 'admin' && <th scope="col">{a('schedules.actions')}</th>}
            </tr>
          </thead>
          <tbody>
            {(['files', 'rows'] as const).map(what => (
              <DueRow key={what} what={what} due={preview[what]} context={context} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface RowProps {
  what: keyof typeof SWEEPS
  due: DueCount
  context: AdminContext
}

function DueRow({ what, due, context }: RowProps) {
  const { a, texts, role } = context
  const schedule = SWEEPS[what]
  const count = texts.number(due.count)
  return (
    <tr>
      <th scope="row">{a(`schedules.${what}`)}</th>
      <td className="number">{due.exact ? count : a('schedules.atLeast', { n: count })}</td>
      <td>
        <UtcTime at={due.oldest} />
      </td>
      <td>
        <UtcTime at={new Date(nextCronTime({ cron: SCHEDULES[schedule], timeZone: 'UTC' }, Date.now()))} />
      </td>
      {role === 'admin' && (
        <td>
          <ActionForm
            path="/admin/schedules/run"
            to="/admin/retention"
            label={a('schedules.run')}
            fields={{ schedule }}
          />
        </td>
      )}
    </tr>
  )
}

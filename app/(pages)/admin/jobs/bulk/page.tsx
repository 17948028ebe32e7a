import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { JOB_STATES } from '#lib/vocabulary/job.ts'
import { filterFields } from '#lib/vocabulary/job-filter.ts'
import { UNTOUCHED } from '#lib/vocabulary/operator-action.ts'
import { adminPage } from '../../../../api/admin-form.ts'
import {
  type BulkPreview,
  type JobSelection,
  MOST_CHANGED,
  MOST_PREVIEWED,
  previewBulk,
} from '../../../../bulk-jobs.ts'
import { bulkFields, parseBulkRequest } from '../../../../bulk-request.ts'
import { under } from '../../../live/address.ts'
import type { AdminText } from '../../../messages/admin-texts.ts'
import { type PageQuery, searchParamsOf } from '../../search-params.ts'
import { signedIn } from '../../signed-in.ts'

interface Props {
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('jobs.title') }
}

/** What an action on many jobs would do, before it is done. */
export default async function BulkRoute({ searchParams }: Props) {
  const { jobs, a, role } = await signedIn()
  const params = searchParamsOf(await searchParams)
  const request = parseBulkRequest(params)
  const back = adminPage(params.get('back'))
  if (!request || request.wrong.length > 0) redirect('/admin/jobs')
  const { action } = request
  const selection = upToNow(request.selection)
  const preview = await previewBulk(action, selection, { jobs })
  return (
    <>
      <h1>{a('jobs.previewTitle', { action })}</h1>
      <Preview preview={preview} a={a} />
      <form className="actions" method="post" action={under('/admin/jobs/bulk')}>
        {[['action', action], ['back', back], ...bulkFields(selection, filterFields)].map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        {role === 'admin' && sum(preview.touched) > 0 && (
          <button className="button main" type="submit">
            {a('jobs.confirm', { action })}
          </button>
        )}
        <Link className="button" href={back} prefetch={false}>
          {a('jobs.back')}
        </Link>
      </form>
      {role === 'admin' || <p className="hint">{a('shell.lookOnly')}</p>}
    </>
  )
}

/** What comes later was not in the preview. */
function upToNow(selection: JobSelection): JobSelection {
  if ('ids' in selection) return selection
  return { filter: { ...selection.filter, to: selection.filter.to ?? new Date() } }
}

const sum = (counts: Partial<Record<string, number>>) =>
  Object.values(counts).reduce((all: number, n) => all + (n ?? 0), 0)

function Preview({ preview: { touched, untouched, isMore }, a }: { preview: BulkPreview; a: AdminText }) {
  const left = sum(untouched)
  return (
    <>
      <h2>{sum(touched) > 0 ? a('jobs.touched', { n: sum(touched) }) : a('jobs.nothing')}</h2>
      <ul>
        {JOB_STATES.filter(state => touched[state]).map(state => (
          <li key={state}>
            {a(`words.${state}`)}: {touched[state]}
          </li>
        ))}
      </ul>
      {left > 0 && <h2>{a('jobs.untouched', { n: left })}</h2>}
      <ul>
        {UNTOUCHED.filter(reason => untouched[reason]).map(reason => (
          <li key={reason}>
            {a('jobs.why', { reason: a(`words.${reason}`) })}: {untouched[reason]}
          </li>
        ))}
      </ul>
      {isMore && <p className="hint">{a('jobs.isMore', { n: MOST_PREVIEWED, most: MOST_CHANGED })}</p>}
    </>
  )
}

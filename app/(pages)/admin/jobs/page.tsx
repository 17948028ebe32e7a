import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { filterFields, parseJobFilter } from '#lib/vocabulary/job-filter.ts'
import { findJob } from '../../../job-access.ts'
import { Outcome } from '../outcome.tsx'
import { Pager } from '../pager.tsx'
import { type PageQuery, searchParamsOf } from '../search-params.ts'
import { type AdminContext, signedIn } from '../signed-in.ts'
import { JobSearchForm } from './job-search-form.tsx'
import { JobsTable } from './jobs-table.tsx'
import { nothingText } from './nothing-text.ts'
import './jobs.css'

const PAGE = 50

interface Props {
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('jobs.title') }
}

export default async function JobsRoute({ searchParams }: Props) {
  const context = await signedIn()
  const { jobs, a, role, texts } = context
  const query = await searchParams
  if (!jobs.guarantees.searches) return <ByNumber context={context} query={query} />
  const params = searchParamsOf(query)
  const { filter, wrong } = parseJobFilter(params)
  const after = params.get('after') ?? undefined
  const [{ items, next }, counts] = await Promise.all([
    jobs.search.find({ filter, limit: PAGE, after }),
    jobs.search.countStates(),
  ])
  const fields = filterFields(filter)
  const href = fields.length > 0 ? `/admin/jobs?${new URLSearchParams(fields)}` : '/admin/jobs'
  return (
    <>
      <h1>{a('jobs.title')}</h1>
      <Outcome query={query} a={a} texts={texts} />
      <JobSearchForm a={a} filter={filter} wrong={wrong} entered={params} />
      <JobsTable
        rows={items}
        counts={counts}
        fields={fields}
        href={href}
        mayAct={role === 'admin'}
        isFirst={!after}
      />
      {items.length === 0 && <p>{a(nothingText(fields.length > 0, next))}</p>}
      <Pager a={a} href={href} next={next} isLater={after !== undefined} />
    </>
  )
}

/** Of a back end that finds jobs by their ids only. */
async function ByNumber({ context: { jobs, a, texts }, query }: { context: AdminContext; query: PageQuery }) {
  const id = searchParamsOf(query).get('id')?.trim()
  if (id && (await findJob({ jobs }, { id }).catch(() => undefined))) redirect(`/admin/jobs/${id}`)
  const { queued, running, dead } = await jobs.stats()
  return (
    <>
      <h1>{a('jobs.title')}</h1>
      <Outcome query={query} a={a} texts={texts} />
      <p className="hint">{a('jobs.unsearchable')}</p>
      <p>{a('jobs.known', { queued, running, dead })}</p>
      <form className="job-search" method="get">
        <label>
          {a('jobs.id')}
          <input className="field" name="id" defaultValue={id} required pattern="[0-9a-fA-F\-]{36}" />
        </label>
        <button className="button" type="submit">
          {a('jobs.open')}
        </button>
      </form>
      {id && <p role="status">{a('shell.none')}</p>}
    </>
  )
}

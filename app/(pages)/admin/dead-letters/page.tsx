import type { Metadata } from 'next'
import { filterFields, parseJobFilter } from '#lib/vocabulary/job-filter.ts'
import { JobSearchForm } from '../jobs/job-search-form.tsx'
import { JobsTable } from '../jobs/jobs-table.tsx'
import { nothingText } from '../jobs/nothing-text.ts'
import { Outcome } from '../outcome.tsx'
import { Pager } from '../pager.tsx'
import { type PageQuery, searchParamsOf } from '../search-params.ts'
import { signedIn } from '../signed-in.ts'
import '../jobs/jobs.css'

const PAGE = 50
const PATH = '/admin/dead-letters'

interface Props {
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('deadLetters.title') }
}

export default async function DeadLettersRoute({ searchParams }: Props) {
  const { jobs, a, texts, role } = await signedIn()
  const query = await searchParams
  const params = searchParamsOf(query)
  const { filter, wrong } = parseJobFilter(params)
  const after = params.get('after') ?? undefined
  const isListed = jobs.guarantees.searches
  const dead = { ...filter, state: undefined, dead: true } as const
  const { items, next } = isListed
    ? await jobs.search.find({ filter: dead, limit: PAGE, after })
    : { items: [], next: null }
  const asked = filterFields({ ...dead, dead: undefined })
  const href = asked.length > 0 ? `${PATH}?${new URLSearchParams(asked)}` : PATH
  return (
    <>
      <h1>{a('deadLetters.title')}</h1>
      <p className="hint">{a('deadLetters.about')}</p>
      <Outcome query={query} a={a} texts={texts} />
      {isListed ? (
        <JobSearchForm a={a} filter={dead} wrong={wrong} entered={params} path={PATH} />
      ) : (
        <p>{a('deadLetters.unlisted', { n: (await jobs.stats()).dead })}</p>
      )}
      {isListed && (
        <JobsTable
          rows={items}
          fields={filterFields(dead)}
          href={href}
          mayAct={role === 'admin'}
          isFirst={!after}
          actions={['retry', 'delete']}
        />
      )}
      {isListed && items.length === 0 && <p>{a(nothingText(asked.length > 0, next))}</p>}
      <Pager a={a} href={href} next={next} isLater={after !== undefined} />
    </>
  )
}

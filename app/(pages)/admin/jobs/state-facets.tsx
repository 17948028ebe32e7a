'use client'
import Link from 'next/link'
import { JOB_STATES } from '#lib/vocabulary/job.ts'
import { type FacetCounts, MOST_FACET } from '#lib/vocabulary/job-filter.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'

interface Props {
  counts: FacetCounts
  fields: readonly [string, string][]
}

/** The states with how many jobs of all are in each; a link keeps what else is searched by. */
export function StateFacets({ counts, fields }: Props) {
  const a = useAdminText()
  const others = fields.filter(([name]) => name !== 'state')
  const chosen = fields.find(([name]) => name === 'state')?.[1]
  const href = (state?: string) =>
    `/admin/jobs?${new URLSearchParams([...others, ...(state ? [['state', state] as [string, string]] : [])])}`
  return (
    <nav className="facets" aria-label={a('jobs.states')}>
      <Link href={href()} prefetch={false} aria-current={chosen === undefined ? 'true' : undefined}>
        {a('jobs.all')}
      </Link>
      {JOB_STATES.map(state => (
        <Link
          key={state}
          href={href(state)}
          prefetch={false}
          aria-current={chosen === state ? 'true' : undefined}
          data-facet={state}
        >
          {a(`words.${state}`)}{' '}
          <span className="number">
            {counts[state] > MOST_FACET ? a('jobs.atMost', { n: MOST_FACET }) : counts[state]}
          </span>
        </Link>
      ))}
    </nav>
  )
}

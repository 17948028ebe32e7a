import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { snapshotOf } from '#lib/job-snapshot.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { findJob } from '../../../job-access.ts'
import { backend } from '../../../page-backend.ts'
import { JobPage } from './job-page.tsx'

export const dynamic = 'force-dynamic'

interface Props {
  params: Promise<{ id: string }>
}

/** How often the page without JavaScript loads itself again, in seconds. */
const REFRESH_S = 3

/** Once for a request, though title and page both ask. */
const read = cache(async (id: string): Promise<Snapshot | undefined> => {
  const { jobs, config } = backend()
  const job = z.uuid().safeParse(id).success ? await findJob({ jobs }, { id }) : undefined
  if (!job) return undefined
  const position = job.state === 'queued' ? await jobs.queuePosition(id) : null
  return snapshotOf(job, config.basePath, position)
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const job = await read((await params).id)
  // Whoever has the link may read the document: no search engine should.
  return { title: job?.fileName ?? 'Not found', robots: { index: false } }
}

export default async function JobRoute({ params }: Props) {
  const job = await read((await params).id)
  if (!job) notFound()
  return (
    <>
      {isTerminal(job.state) || (
        <noscript>
          <meta httpEquiv="refresh" content={String(REFRESH_S)} />
        </noscript>
      )}
      <JobPage job={job} now={Date.now()} />
    </>
  )
}

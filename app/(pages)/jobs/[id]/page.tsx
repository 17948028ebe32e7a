import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { fullSnapshotOf } from '#lib/job-snapshot.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { FullSnapshot } from '#lib/vocabulary/snapshot.ts'
import { findJob, mayChange } from '../../../job-access.ts'
import { publicAddress } from '../../../origin.ts'
import { backend } from '../../../page-backend.ts'
import { textsOf } from '../../messages/catalogue.ts'
import { requestLanguage } from '../../messages/request-language.ts'
import { JobPage } from './job-page.tsx'

export const dynamic = 'force-dynamic'

interface Props {
  params: Promise<{ id: string }>
}

/** How often the page without JavaScript reloads, in seconds. */
const REFRESH_S = 3

/** Cached per request, because title and page both read the job. */
const read = cache(async (id: string): Promise<{ job: FullSnapshot; isMine: boolean } | undefined> => {
  const { jobs, config, owners } = backend()
  const job = z.uuid().safeParse(id).success ? await findJob({ jobs }, { id }) : undefined
  if (!job) return undefined
  const position = job.state === 'queued' ? await jobs.queuePosition(id) : null
  const cookie = (await cookies()).toString()
  return {
    job: fullSnapshotOf(job, config.basePath, position),
    isMine: mayChange(job, owners.idOf({ cookie })),
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = textsOf(await requestLanguage())
  const title = await read((await params).id).then(
    found => (found ? found.job.fileName || t('details.deletedFile') : t('page.notFound')),
    // The page itself says why; without this it would have no title.
    () => t('page.unavailable'),
  )
  // The link gives access to the document, so search engines must not index it.
  return { title, robots: { index: false } }
}

export default async function JobRoute({ params }: Props) {
  const found = await read((await params).id)
  if (!found) notFound()
  const { job, isMine } = found
  const address = publicAddress(Object.fromEntries(await headers()), backend().config)
  return (
    <>
      {isTerminal(job.state) || (
        <noscript>
          <meta httpEquiv="refresh" content={String(REFRESH_S)} />
        </noscript>
      )}
      <JobPage job={job} isMine={isMine} address={address} now={Date.now()} />
    </>
  )
}

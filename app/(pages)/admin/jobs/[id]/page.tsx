import type { Metadata } from 'next'
import { z } from 'zod'
import { fullSnapshotOf } from '#lib/job-snapshot.ts'
import { findJob } from '../../../../job-access.ts'
import { ActionForm } from '../../action-form.tsx'
import { Outcome } from '../../outcome.tsx'
import type { PageQuery } from '../../search-params.ts'
import { signedIn } from '../../signed-in.ts'
import { AttemptsTable } from './attempts-table.tsx'
import { FilesTable } from './files-table.tsx'
import { JobActions } from './job-actions.tsx'
import { JobFacts } from './job-facts.tsx'
import { JobRefresh } from './job-refresh.tsx'
import { NotesList } from './notes-list.tsx'
import { WebhookLog } from './webhook-log.tsx'
import '../jobs.css'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('job.title') }
}

export default async function AdminJobRoute({ params, searchParams }: Props) {
  const context = await signedIn()
  const { jobs, a, texts, config, role } = context
  const { id } = await params
  const job = z.uuid().safeParse(id).success ? await findJob({ jobs }, { id }) : undefined
  if (!job) return <h1>{a('job.unknown')}</h1>
  const snapshot = fullSnapshotOf(job, config.basePath)
  // The end of a batch is told through one of its jobs, which has the tries.
  const teller = job.webhook?.of === 'batch' ? await jobs.batchTeller(job.batchId) : job
  return (
    <>
      <h1>
        <bdi>{job.fileName || a('jobs.purged')}</bdi>
      </h1>
      <Outcome query={await searchParams} a={a} texts={texts} />
      <JobRefresh id={id} version={job.version} />
      <JobActions job={job} a={a} mayAct={role === 'admin'} />
      <h2>{a('job.facts')}</h2>
      <JobFacts job={job} a={a} texts={texts} />
      <h2>{a('job.attempts')}</h2>
      <AttemptsTable attempts={job.timeline} a={a} texts={texts} />
      <h2>{a('job.files')}</h2>
      <FilesTable job={job} resultUrl={snapshot.resultUrl} a={a} texts={texts} />
      {snapshot.report && snapshot.report.notes.length > 0 && (
        <>
          <h2>{a('job.notes')}</h2>
          <NotesList notes={snapshot.report.notes} texts={texts} />
        </>
      )}
      {teller?.webhook && (
        <>
          <h2>{a('job.webhook')}</h2>
          <WebhookLog webhook={teller.webhook} a={a} texts={texts} />
          {role === 'admin' && teller.webhook.state !== 'waiting' && (
            <ActionForm
              path={`/admin/jobs/${teller.id}/resend-webhook`}
              to={`/admin/jobs/${id}`}
              label={a('job.resend')}
            />
          )}
        </>
      )}
    </>
  )
}

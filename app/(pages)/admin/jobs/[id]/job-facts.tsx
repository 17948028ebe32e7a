import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Job } from '#lib/jobs.ts'
import { traceIdOf } from '#lib/tracing/trace-context.ts'
import { jobErrorOf } from '#lib/vocabulary/errors.ts'
import type { AdminText } from '../../../messages/admin-texts.ts'
import { errorLine } from '../../../messages/error-text.ts'
import type { Texts } from '../../../messages/texts.ts'
import { describe, targetName } from '../../../settings/labels.ts'
import { FactsList } from '../../facts-list.tsx'
import { UtcTime } from '../../utc-time.tsx'

interface Props {
  job: Job
  a: AdminText
  texts: Texts
}

/** What the row says; of passwords only that there are some. */
export function JobFacts({ job, a, texts }: Props) {
  const traceId = traceIdOf(job.traceparent)
  const { id, state, error, batchId, owner, folder, options, sealed, needs, retryOf, receipt } = job
  const found = (field: string, value: string) =>
    value === '' ? null : (
      <Link prefetch={false} href={`/admin/jobs?${new URLSearchParams({ [field]: value })}`}>
        <code>{value}</code>
      </Link>
    )
  const facts: [string, ReactNode][] = [
    [a('job.id'), <code key="id">{id}</code>],
    [a('job.state'), a(`words.${state}`)],
    [a('job.error'), error && <ErrorFact key="error" job={job} texts={texts} />],
    [a('job.needs'), state === 'queued' && needs ? a(`job.needs_${needs}`) : null],
    [a('jobs.attempt'), a('jobs.attemptOf', { attempt: job.attempt, all: job.maxAttempts })],
    [a('job.batch'), found('batchId', batchId)],
    [a('job.owner'), found('owner', owner)],
    [a('job.folder'), folder || null],
    [a('job.target'), targetName(texts, job)],
    [a('job.options'), describe(texts, options) || a('job.none')],
    [a('job.passwords'), sealed === null ? null : a('settings.set')],
    [
      a('job.retryOf'),
      retryOf && (
        <Link prefetch={false} href={`/admin/jobs/${retryOf}`}>
          <code>{retryOf}</code>
        </Link>
      ),
    ],
    [a('job.trace'), traceId ? <code key="trace">{traceId}</code> : null],
    ...times(job, a),
    [a('job.deleted'), receipt && <Deleted key="deleted" receipt={receipt} a={a} />],
  ]
  return <FactsList facts={facts} />
}

function times(job: Job, a: AdminText): [string, ReactNode][] {
  const { createdAt, queuedAt, runAt, startedAt, finishedAt, expiresAt, state } = job
  const all = [
    ['created', createdAt],
    ['queued', state === 'queued' ? queuedAt : null],
    ['runAt', runAt],
    ['started', startedAt],
    ['finished', finishedAt],
    ['expires', job.receipt ? null : expiresAt],
  ] as const
  return all.map(([name, at]) => [a(`job.${name}`), at && <UtcTime key={name} at={at} />])
}

function ErrorFact({ job: { error }, texts }: { job: Job; texts: Texts }) {
  return (
    error && (
      <>
        <code>{error.code}</code> {errorLine(texts, jobErrorOf(error))}
      </>
    )
  )
}

function Deleted({ receipt, a }: { receipt: NonNullable<Job['receipt']>; a: AdminText }) {
  return (
    <>
      <UtcTime at={receipt.deletedAt} /> {a('job.deletedBy', { by: receipt.by })}
    </>
  )
}

'use client'
import Link from 'next/link'
import type { JobListing } from '#lib/vocabulary/job-filter.ts'
import { duration } from '../../live/format.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useTexts } from '../../messages/use-texts.tsx'
import { UtcTime } from '../utc-time.tsx'

/** Enough to tell owners apart at a glance. */
const SHOWN_OF_OWNER = 8

/** A job in a list of operators. */
export function JobsTableRow({ job, mayAct }: { job: JobListing; mayAct: boolean }) {
  const a = useAdminText()
  const texts = useTexts()
  const { id, fileName, state, errorCode, attempt, maxAttempts, createdAt, startedAt, finishedAt, owner } =
    job
  const name = fileName || a('jobs.purged')
  return (
    <tr data-job={id} data-state={state}>
      {mayAct && (
        <td>
          <input type="checkbox" name="id" value={id} aria-label={a('jobs.choose', { name })} />
        </td>
      )}
      <td>
        <Link href={`/admin/jobs/${id}`} prefetch={false} dir="auto">
          {name}
        </Link>
        <br />
        <span className="id">{id}</span>
      </td>
      <td className="short state">{a(`words.${state}`)}</td>
      <td className="short">{a('jobs.attemptOf', { attempt, all: maxAttempts })}</td>
      <td>{errorCode && <code>{errorCode}</code>}</td>
      <td>
        <UtcTime at={createdAt} />
      </td>
      <td className="short">
        {startedAt && finishedAt && duration(texts, Date.parse(finishedAt) - Date.parse(startedAt))}
      </td>
      <td className="id">
        {owner && (
          <Link href={`/admin/jobs?${new URLSearchParams({ owner })}`} prefetch={false} title={owner}>
            {owner.slice(0, SHOWN_OF_OWNER)}
          </Link>
        )}
      </td>
    </tr>
  )
}

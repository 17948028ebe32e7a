import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Job } from '#lib/jobs.ts'
import { size } from '../../../live/format.ts'
import type { AdminText } from '../../../messages/admin-texts.ts'
import type { Texts } from '../../../messages/texts.ts'

interface Props {
  job: Job
  /** With BASE_PATH. */
  resultUrl: string
  a: AdminText
  texts: Texts
}

interface FileRow {
  key: string
  name: ReactNode
  bytes: number
  sha256: string
  kept: string
}

/** Sources and result with their sizes; the result is a link while it is kept. */
export function FilesTable({ job, resultUrl, a, texts }: Props) {
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            {(['file', 'size', 'hash', 'kept'] as const).map(name => (
              <th key={name} scope="col" className={name === 'size' ? 'number' : undefined}>
                {a(`job.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...sourceRows(job, a), ...resultRows(job, resultUrl, a)].map(
            ({ key, name, bytes, sha256, kept }) => (
              <tr key={key}>
                <td dir="auto">{name}</td>
                <td className="number">{size(texts, bytes)}</td>
                <td className="id hash">{sha256}</td>
                <td>{kept}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      {!job.sources && (
        <p className="below">
          <Link prefetch={false} href={`/admin/jobs?${new URLSearchParams({ sha256: job.source.sha256 })}`}>
            {a('job.sameFile')}
          </Link>
        </p>
      )}
    </div>
  )
}

function sourceRows(job: Job, a: AdminText): FileRow[] {
  const isKept = !job.receipt && (job.keepSource || job.state !== 'completed')
  const sources = job.sources ?? [{ ...job.source, fileName: job.fileName, key: 'source' }]
  return sources.map(({ key, fileName, bytes, sha256 }) => ({
    ...{ key, bytes, sha256 },
    name: a('job.source', { name: fileName || a('jobs.purged') }),
    kept: a(isKept ? 'shell.yes' : 'shell.no'),
  }))
}

function resultRows({ result, receipt }: Job, resultUrl: string, a: AdminText): FileRow[] {
  if (result) {
    const name = a('job.result', { name: result.fileName })
    const kept = a(result.lost ? 'job.lostResult' : 'shell.yes')
    return [{ ...result, name: <a href={resultUrl}>{name}</a>, kept }]
  }
  if (!receipt?.result) return []
  const name = a('job.result', { name: a('jobs.purged') })
  return [{ key: 'result', name, ...receipt.result, kept: a('shell.no') }]
}

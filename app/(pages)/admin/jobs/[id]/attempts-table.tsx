import type { AttemptRecord } from '#lib/jobs.ts'
import { duration } from '../../../live/format.ts'
import type { AdminText } from '../../../messages/admin-texts.ts'
import type { Texts } from '../../../messages/texts.ts'
import { UtcTime } from '../../utc-time.tsx'

interface Props {
  attempts: readonly AttemptRecord[]
  a: AdminText
  texts: Texts
}

/** Each attempt, the latest last, with what the log said where it failed. */
export function AttemptsTable({ attempts, a, texts }: Props) {
  if (attempts.length === 0) return <p>{a('job.noAttempts')}</p>
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            {(['attempt', 'started', 'took', 'worker', 'outcome', 'error'] as const).map(name => (
              <th key={name} scope="col">
                {a(`job.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ number, startedAt, endedAt, worker, outcome, errorCode, log }) => (
            <tr key={startedAt.getTime()}>
              <td>{number}</td>
              <td>
                <UtcTime at={startedAt} />
              </td>
              <td className="short">{endedAt && duration(texts, endedAt.getTime() - startedAt.getTime())}</td>
              <td className="id">{worker}</td>
              <td>{a(outcome ? `job.${outcome}` : 'job.isRunning')}</td>
              <td>
                {errorCode && <code>{errorCode}</code>}
                {log !== undefined && (
                  <details>
                    <summary>{a('job.log')}</summary>
                    <pre dir="ltr">{log}</pre>
                  </details>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

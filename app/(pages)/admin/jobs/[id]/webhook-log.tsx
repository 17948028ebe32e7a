import type { JobWebhook } from '#lib/vocabulary/webhook.ts'
import { duration } from '../../../live/format.ts'
import type { AdminText } from '../../../messages/admin-texts.ts'
import type { Texts } from '../../../messages/texts.ts'
import { UtcTime } from '../../utc-time.tsx'

/** How a webhook stands, and its latest tries. */
export function WebhookLog({ webhook, a, texts }: { webhook: JobWebhook; a: AdminText; texts: Texts }) {
  const { state, url, of, log } = webhook
  return (
    <>
      <p className="facts-line">{a('job.webhookState', { state, url: withoutQuery(url) })}</p>
      {of === 'batch' && <p className="hint">{a('job.webhookOfBatch')}</p>}
      {log.length > 0 && (
        <div className="table">
          <table>
            <thead>
              <tr>
                {(['when', 'event', 'attempt', 'answer', 'took'] as const).map(name => (
                  <th key={name} scope="col">
                    {a(`job.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {log.map(({ at, event, id, attempt, status, error, ms }) => (
                <tr key={`${id} ${at}`}>
                  <td>
                    <UtcTime at={new Date(at)} />
                  </td>
                  <td>
                    <code>{event}</code>
                  </td>
                  <td>{attempt}</td>
                  <td>
                    <code>{status ?? error}</code>
                  </td>
                  <td className="short">{duration(texts, ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

/** A query may hold a secret of the sender. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

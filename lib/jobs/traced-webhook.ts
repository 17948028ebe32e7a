import type { JobPorts } from './ports.ts'
import type { WebhookAnswer, WebhookEvent } from './webhook-event.ts'

/** Makes a try as a span of the job's trace. A URL may hold secrets, so the span has its host alone. */
export async function tracedSend(
  { tracing }: JobPorts,
  event: WebhookEvent,
  send: (event: WebhookEvent) => Promise<WebhookAnswer>,
): Promise<WebhookAnswer> {
  const { job, url, attempt } = event
  const tracer = job.traceparent === null ? undefined : await tracing?.tracer()
  const span = tracer?.start({
    name: 'POST',
    kind: 'client',
    parent: job.traceparent,
    attributes: {
      'http.request.method': 'POST',
      'http.request.resend_count': attempt - 1,
      'server.address': new URL(url).hostname,
      'nightshift.job.id': job.id,
    },
  })
  if (!span) return send(event)
  const answer = await send({ ...event, traceparent: span.traceparent }).catch(error => {
    span.end({ errorType: 'internal' })
    throw error
  })
  const { status, error } = answer
  const errorType = error ?? (status !== null && status >= 400 ? String(status) : undefined)
  span.end({ errorType, attributes: status === null ? {} : { 'http.response.status_code': status } })
  return answer
}

import { buffer } from 'node:stream/consumers'
import { forward, openServiceProxy, type ServiceProxy, sendBack } from '#test/service-proxy.ts'
import type { ServiceRequest } from './iam-calls.ts'

export interface RecordingOptions {
  /** The emulator’s address. */
  endpoint: string
  /** Whether bodies are files, which pass unread. */
  hasFiles?: boolean
  onRequest(request: ServiceRequest): void
}

/** Hands every request on to an emulator, as it is, and tells what it was. */
export function openRecordingProxy({
  endpoint: target,
  hasFiles = false,
  onRequest,
}: RecordingOptions): Promise<ServiceProxy> {
  return openServiceProxy(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming
    const body = hasFiles ? undefined : await buffer(incoming)
    onRequest({ method, url, headers, body: body?.toString() ?? '' })
    await sendBack(await forward(incoming, response, { target, body }), response)
  })
}

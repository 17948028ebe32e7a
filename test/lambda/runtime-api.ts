import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { BatchResponse, SqsEvent } from '#worker/lambda/function-worker.ts'

interface Invocation {
  event: SqsEvent
  endsAt: number
  end: PromiseWithResolvers<BatchResponse>
}

/** Lambda's Runtime API: a runtime client fetches one invocation after the other from it, and answers each. */
export class RuntimeApi {
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  readonly #running = new Map<string, Invocation>()
  #waiting: Invocation[] = []
  #client: ServerResponse | undefined

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  /** `host:port`, as AWS_LAMBDA_RUNTIME_API names it. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Rejects when the function answers with an error. */
  invoke(event: SqsEvent, timeoutMs: number): Promise<BatchResponse> {
    const end = Promise.withResolvers<BatchResponse>()
    this.#waiting.push({ event, endsAt: Date.now() + timeoutMs, end })
    this.#give()
    return end.promise
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.endsWith('/invocation/next')) {
      this.#client = response
      this.#give()
      return
    }
    const [, id = '', kind] = /invocation\/([^/]+)\/(response|error)/.exec(request.url ?? '') ?? []
    const answer = await json(request)
    const { end } = this.#running.get(id) ?? {}
    this.#running.delete(id)
    response.writeHead(202).end('{}')
    if (kind === 'response') end?.resolve(answer as BatchResponse)
    else end?.reject(new Error(JSON.stringify(answer)))
  }

  #give(): void {
    const [client, next] = [this.#client, this.#waiting[0]]
    if (!client || !next) return
    const id = randomUUID()
    this.#running.set(id, next)
    this.#waiting = this.#waiting.slice(1)
    this.#client = undefined
    client.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(next.endsAt),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:convert',
      'Lambda-Runtime-Trace-Id': 'Root=1-0-0',
    })
    client.end(JSON.stringify(next.event))
  }
}

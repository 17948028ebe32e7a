/** Asks a real API what its own document tells, by chance, and holds every answer against the document. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createDatabase } from './create-database.ts'
import type { OpenapiDocument } from './openapi/openapi-document.ts'
import { openSender } from './openapi/request-sender.ts'
import { requestsOf } from './openapi/requests.ts'
import { judgeBy } from './openapi/truth.ts'
import { startTestServer, workWith } from './test-server.ts'

export interface Figures {
  requests: number
  /** How often each status was the answer. */
  statuses: Map<number, number>
  /** The calls that were asked, by operation. */
  operations: Set<string>
}

/** @throws when an answer is a 5xx or not as documented, with the request */
export async function askByDocument({
  requests,
  seed,
}: {
  requests: number
  seed: number
}): Promise<Figures> {
  const database = await createDatabase()
  const testServer = await startTestServer({
    DATABASE_URL: database.url,
    QUEUE_LIMIT: '100000',
    OWNER_WAITING: '100000',
    OWNER_UPLOADS: '100000',
    MAX_UPLOAD_MB: '1',
  })
  const consumer = await workWith(testServer.jobs, testServer.storage, Buffer.from('%PDF-1.7'))
  await testServer.jobs.heartbeat({ worker: 'test/1', slots: 1, ready: true, trouble: null })
  try {
    const document: OpenapiDocument = await (await fetch(`${testServer.url}/api/openapi.json`)).json()
    const judge = judgeBy(document)
    const sender = await openSender(testServer)
    const figures: Figures = { requests: 0, statuses: new Map(), operations: new Set() }
    await fc.assert(
      fc.asyncProperty(requestsOf(document), async asked => {
        const answer = await sender(asked)
        figures.requests++
        figures.statuses.set(answer.status, (figures.statuses.get(answer.status) ?? 0) + 1)
        figures.operations.add(asked.call.operation.operationId)
        const method = asked.method.toLowerCase()
        const operation = document.paths[asked.call.path]?.[method]
        if (!operation) assert.ok([400, 405].includes(answer.status), String(answer.status))
        else assert.equal(await judge({ ...asked.call, method, operation }, answer), undefined)
      }),
      { numRuns: requests, seed },
    )
    return figures
  } finally {
    await consumer.stop(1000)
    await testServer.close()
    await database.drop()
  }
}

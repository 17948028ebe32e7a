/** A process of the function: it handles one invocation for each message of its parent, as Lambda’s runtime would. */

import type { SqsEvent } from '#worker/lambda/function-worker.ts'
import { handler } from '#worker/lambda.ts'

export interface Invocation {
  event: SqsEvent
  /** How long it may take. */
  ms: number
}

process.on('message', async ({ event, ms }: Invocation) => {
  const end = Date.now() + ms
  const context = { logStreamName: 'proof', getRemainingTimeInMillis: () => end - Date.now() }
  process.send?.(await handler(event, context))
})

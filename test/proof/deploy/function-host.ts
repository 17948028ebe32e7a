import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openSqsClient, type SqsClient, type SqsMessage } from '#lib/aws/sqs-client.ts'
import type { BatchResponse } from '#worker/lambda/function-worker.ts'
import type { Invocation } from './function-process.ts'

const PROCESS = fileURLToPath(new URL('function-process.ts', import.meta.url))
const LONGEST_WAIT_S = 20

/** A function in a process of its own with its event source, which receives and deletes by calls of its own. */
export class FunctionHost {
  readonly #child: ChildProcess
  readonly #sqs: SqsClient
  readonly #url: string

  private constructor(child: ChildProcess, sqs: SqsClient, url: string) {
    this.#child = child
    this.#sqs = sqs
    this.#url = url
  }

  static async open(queue: string, env: Record<string, string>): Promise<FunctionHost> {
    const { AWS_ENDPOINT_URL_SQS: endpoint, AWS_REGION: region } = env
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env
    const sqs = await openSqsClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } })
    const child = fork(PROCESS, { env: { ...process.env, ...env } })
    return new FunctionHost(child, sqs, (await sqs.findQueue(queue)) ?? '')
  }

  /** Waits for a message and lets the function handle it, for which it has `ms`. Resolves to what it answers. */
  async handleNext(ms: number): Promise<BatchResponse> {
    const [message] = await this.#receive()
    if (!message) throw new Error('no message came')
    const answered = once(this.#child, 'message')
    this.#child.send({ event: { Records: [recordOf(message)] }, ms } satisfies Invocation)
    const [answer] = (await answered) as [BatchResponse]
    const { ReceiptHandle } = message
    if (answer.batchItemFailures.length === 0) await this.#sqs.delete({ QueueUrl: this.#url, ReceiptHandle })
    return answer
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
    this.#sqs.close()
  }

  #receive(): Promise<SqsMessage[]> {
    const wanted = { QueueUrl: this.#url, MaxNumberOfMessages: 1, WaitTimeSeconds: LONGEST_WAIT_S }
    return this.#sqs.receive(wanted, new AbortController().signal)
  }
}

function recordOf({ MessageId = '', ReceiptHandle = '', Body = '' }: SqsMessage) {
  return { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body }
}

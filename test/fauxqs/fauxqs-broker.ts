import { openSqsClient } from '#lib/aws/sqs-client.ts'
import { ServiceQueue } from '#lib/queues/sqs-queue/service-queue.ts'
import type { TestBroker } from '../back-end.ts'
import type { Fauxqs } from '../fauxqs.ts'

/** The queue of jobs as tests of the whole product use it. */
export async function openFauxqsBroker(fauxqs: Fauxqs, queue: string): Promise<TestBroker> {
  const client = await openSqsClient(fauxqs.client)
  const jobs = new ServiceQueue(client, { name: queue })
  const readyIn = (name: string) =>
    (fauxqs.server().inspectQueue(name)?.messages.ready ?? []).map(({ body }) => body)
  return {
    stop: () => fauxqs.stop(),
    start: () => fauxqs.start(),
    put: text => jobs.sendText(text),
    async doubleWaiting() {
      const texts = readyIn(queue)
      for (const text of texts) await jobs.sendText(text)
      return texts.length
    },
    count: () => jobs.count(),
    putAside: async () => readyIn(`${queue}-unreadable`),
  }
}

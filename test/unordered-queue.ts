import type { Queue } from '#lib/queue.ts'

/** The same queue without priorities, as brokers have them: it promises no order. */
export function withoutPriorities(queue: Queue): Queue {
  return {
    ...queue,
    keepsOrder: false,
    send: (name, messages) =>
      queue.send(
        name,
        messages.map(({ priority: _, ...message }) => message),
      ),
  }
}

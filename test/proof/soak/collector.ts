import { once } from 'node:events'
import { until } from '#test/until.ts'

const MB = 1_000_000

/** Options under which a Node process opens its inspector at a free port when it gets SIGUSR1. */
export const INSPECTABLE = '--inspect-port=0'

/** A way into a Node process, to have it collect its garbage: what V8 has not collected yet is no leak. */
export interface Collector {
  /** Collects, and gives what is still held: objects and buffers, in MB. */
  collect(): Promise<number>
  close(): void
}

/** `output` is all that the process has said; one process at a time may be opened. */
export async function openCollector(pid: number, output: () => string): Promise<Collector> {
  const before = output().length
  process.kill(pid, 'SIGUSR1')
  const said = () => /Debugger listening on (ws:\S+)/.exec(output().slice(before))?.[1]
  const socket = new WebSocket(await until(`the inspector of ${pid}`, said))
  await once(socket, 'open')
  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data))
    asked.get(id)?.resolve(result)
    asked.delete(id)
  })
  socket.addEventListener('close', () => {
    for (const { reject } of asked.values()) reject(new Error(`process ${pid} has hung up`))
  })
  let last = 0
  const ask = (method: string, params = {}): Promise<unknown> => {
    const answered = Promise.withResolvers<unknown>()
    asked.set(++last, answered)
    socket.send(JSON.stringify({ id: last, method, params }))
    return answered.promise
  }
  return {
    async collect() {
      await ask('HeapProfiler.collectGarbage')
      const expression = 'process.memoryUsage().heapUsed + process.memoryUsage().external'
      const { result } = (await ask('Runtime.evaluate', { expression })) as { result: { value: number } }
      return result.value / MB
    },
    close: () => socket.close(),
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import { forward, openServiceProxy, type ServiceProxy, sendBack } from '#test/service-proxy.ts'

/** A server that hands requests to another one, each so many milliseconds late. */
export function openFarServer(target: string, lateMs: number): Promise<ServiceProxy> {
  return openServiceProxy(async (incoming, response) => {
    await wait(lateMs)
    await sendBack(await forward(incoming, response, { target }), response)
  })
}

import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until `condition` gives something, asking again every few milliseconds. The limit measures nothing: it is far
 * longer than what a busy machine needs. @throws Error naming what never came
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  withinMs = 60_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + withinMs
  for (;;) {
    const value = await condition()
    if (value) return value as NonNullable<Exclude<T, false>>
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await sleep(10)
  }
}

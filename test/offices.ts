import { setTimeout as pause } from 'node:timers/promises'
import { officesBelow } from '#test/integration/worker/test-engine.ts'
import type { TestInstance } from './test-instance.ts'
import { until } from './until.ts'

/**
 * Stops every LibreOffice of an instance that is ready and converts nothing, as `freezeOfficesOf` does. Its self-check
 * comes once an hour, whatever a test does, and would have a slot for as long as they stand still.
 */
export async function freezeOffices(instance: TestInstance, slots: number): Promise<() => void> {
  const isReady = async () => (await fetch(`${instance.url}/readyz`).catch(() => undefined))?.ok
  await until('the instance takes jobs', isReady)
  return until('it converts nothing', async () => {
    if (!(await convertsNothing(instance))) return false
    const goOn = await freezeOfficesOf(() => instance.instance().children.worker?.pid, slots)
    if (await convertsNothing(instance)) return goOn
    goOn()
    return false
  })
}

async function convertsNothing(instance: TestInstance): Promise<boolean> {
  const headers = { authorization: `Bearer ${instance.adminToken()}` }
  const answer = await fetch(`${instance.url}/api/admin/queue`, { headers }).catch(() => undefined)
  return answer?.ok === true && (await answer.json()).running === 0
}

/**
 * Stops every LibreOffice of a worker, so that what runs goes on running until the test has seen it. Gives what lets
 * them go on; one that was killed meanwhile is left out.
 */
export async function freezeOfficesOf(worker: () => number | undefined, slots: number): Promise<() => void> {
  const offices = await stopOfficesOf(worker, slots)
  return () => {
    for (const pid of offices) signal(pid, 'SIGCONT')
  }
}

/** Stops every LibreOffice of a worker that is ready, and gives their numbers. */
export async function stopOfficesOf(worker: () => number | undefined, slots: number): Promise<number[]> {
  const offices = await until('a process for each slot and a spare', async () => {
    const running = await officesBelow(worker() ?? 0)
    return running.length === slots + 1 && running
  })
  for (const pid of offices) signal(pid, 'SIGSTOP')
  return offices
}

/** Lets them run for moments, so that a test sees what they do before it is over, however busy the machine is. */
export async function runInMoments(offices: readonly number[], isReached: () => boolean): Promise<void> {
  while (!isReached()) {
    for (const [name, ms] of [
      ['SIGCONT', 50],
      ['SIGSTOP', 100],
    ] as const) {
      for (const pid of offices) signal(pid, name)
      await pause(ms)
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

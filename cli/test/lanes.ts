import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { runScript } from './script.ts'
import type { TestEnvironment } from './test-database.ts'

/** Conversions keep one core busy, so on two cores they run beside the other tests. They take half of all the time. */
const CONVERSIONS = 'test/integration/worker/'

/** Test files that run one after the other. */
export type Lane = readonly string[]

/** The files in lanes that may run side by side on so many cores. */
export function lanesOf(files: readonly string[], cores = availableParallelism()): Lane[] {
  if (cores === 1) return [files]
  const isConversion = (file: string) => file.startsWith(CONVERSIONS)
  const lanes = [files.filter(file => !isConversion(file)), files.filter(isConversion)]
  return lanes.filter(lane => lane.length > 0)
}

/**
 * Runs lanes side by side, each with a folder for temporary files of its own, by which its processes are known. Prints
 * the first one's output as it comes, and that of the next one when the first has ended. Resolves to the exit code.
 */
export async function runLanes(
  lanes: readonly Lane[],
  environment: TestEnvironment | undefined,
  asked: AbortSignal,
): Promise<number> {
  let printed = Promise.resolve()
  const codes = lanes.map((files, number) => {
    const turn = printed
    const code = runScript([join('cli', 'test', 'run-files.ts'), ...files], {
      environment: environment && laneEnvironment(environment, number),
      asked,
      printFrom: number > 0 ? turn : undefined,
    })
    printed = code.then(() => {})
    return code
  })
  return Math.max(...(await Promise.all(codes)))
}

function laneEnvironment(environment: TestEnvironment, number: number): TestEnvironment {
  const folder = join(environment.TMPDIR, String(number))
  mkdirSync(folder, { mode: 0o711 })
  return { ...environment, TMPDIR: folder }
}

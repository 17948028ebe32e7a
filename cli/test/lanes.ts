import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { runScript } from './script.ts'
import type { TestEnvironment } from './test-database.ts'

/** Conversions keep one core busy, so on two cores they run beside the other tests. */
const CONVERSIONS = 'test/integration/worker/'
/** A worker's life takes long and converts little. */
const WORKER_PROCESS = 'test/integration/worker/main.test.ts'
/** These start web processes or whole instances, and mostly wait: for a page, a restart, the end of an outage. */
const INSTANCES = ['test/integration/app/', 'test/e2e/', 'test/faults/']
/** What else runs beside it would be in the times. */
const COMPARE_TIMES = ['test/faults/slow-senders.slow.test.ts']

/** Test files that run one after the other. */
export type Lane = readonly string[]

/** The files in lanes for so many cores: those of one round run side by side, and one round after the other. */
export function roundsOf(files: readonly string[], cores = availableParallelism()): Lane[][] {
  if (cores === 1) return [[files]]
  const together = files.filter(file => !COMPARE_TIMES.includes(file))
  const isConversion = (file: string) => file.startsWith(CONVERSIONS) && file !== WORKER_PROCESS
  const isInstance = (file: string) => INSTANCES.some(folder => file.startsWith(folder))
  const isOther = (file: string) => !isConversion(file) && !isInstance(file)
  const lanes = [isOther, isInstance, isConversion].map(isOfLane => together.filter(isOfLane))
  const alone = files.filter(file => COMPARE_TIMES.includes(file))
  return [lanes, [alone]]
    .map(round => round.filter(lane => lane.length > 0))
    .filter(round => round.length > 0)
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
  mkdirSync(folder, { mode: 0o711, recursive: true })
  return { ...environment, TMPDIR: folder }
}

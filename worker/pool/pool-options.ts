import type { Logger } from '#lib/log.ts'
import type { ObserveEngines } from '#lib/metrics/work-fact.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import type { ConversionLimits } from '#worker/watchdog.ts'
import type { MakeProcess } from './engine-process.ts'
import type { RecyclePolicy } from './pooled-engine.ts'

export interface PoolOptions {
  /** @see Engine.name */
  name: string
  /** The folder for the folders of the processes. */
  scratchDir: string
  /** How many documents are converted at the same time. */
  slots: number
  sandbox: Pick<Sandbox, 'adopt'>
  makeProcess: MakeProcess
  recycling: RecyclePolicy
  /** The limits of one conversion. */
  limits: ConversionLimits
  log: Logger
  /** Is told what becomes of the processes; unset: nobody is. */
  observe?: ObserveEngines | undefined
  /** Called with a sentence for the operator when no engine can be started, and with null when one can again. */
  onProblem(problem: string | null): void
  /** For tests: the wait after a first failed start, in milliseconds. */
  firstWaitMs?: number
}

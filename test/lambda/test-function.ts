import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { environmentWith } from '#lib/config.ts'
import { inDefaultContainer } from '#test/default-container.ts'
import type { BatchResponse, SqsEvent } from '#worker/lambda/function-worker.ts'
import { processTreeOf } from '#worker/sandbox/process-tree.ts'
import { RuntimeApi } from './runtime-api.ts'
import { RUNTIME_CLIENT } from './runtime-client.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** As deploy/aws/Dockerfile has it. */
export const HANDLER = 'deploy/aws/function-entry.handler'
const TIMEOUT_MS = 900_000

/**
 * The function in Lambda's own runtime client, without the right to namespaces. As Lambda does, it freezes all its
 * processes between two invocations.
 */
export class TestFunction {
  readonly #api = new RuntimeApi()
  readonly #environment: Record<string, string>
  #process: ChildProcess | undefined

  constructor(environment: Record<string, string>) {
    this.#environment = environment
  }

  async start(): Promise<void> {
    await this.#api.open()
    const [program = '', ...args] = [...inDefaultContainer(), process.execPath, RUNTIME_CLIENT, HANDLER]
    this.#process = spawn(program, args, {
      cwd: ROOT,
      env: environmentWith({ ...lambdaVariables(this.#api.address), ...this.#environment }),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }

  async invoke(event: SqsEvent): Promise<BatchResponse> {
    this.#signal('SIGCONT')
    try {
      return await this.#api.invoke(event, TIMEOUT_MS)
    } finally {
      this.#signal('SIGSTOP')
    }
  }

  async close(): Promise<void> {
    const running = this.#process
    this.#process = undefined
    if (running?.exitCode === null && running.signalCode === null) {
      const exited = once(running, 'exit')
      for (const pid of processTreeOf(running.pid ?? 0)) kill(pid, 'SIGKILL')
      await exited
    }
    this.#api.close()
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#process ?? {}
    if (pid !== undefined) for (const one of processTreeOf(pid)) kill(one, signal)
  }
}

function lambdaVariables(runtimeApi: string): Record<string, string> {
  return {
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: ROOT,
    _HANDLER: HANDLER,
    AWS_LAMBDA_FUNCTION_NAME: 'convert',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '4096',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/convert',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/29/[$LATEST]proof',
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

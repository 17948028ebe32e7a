import { spawn } from 'node:child_process'
import { environmentWith } from '#lib/config.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

export interface RunOptions {
  /** Added to this process's environment. */
  env?: Record<string, string>
  cwd?: string
  uid?: number
  gid?: number
  signal?: AbortSignal | undefined
  /** Written to standard input. */
  input?: string
  /** The name for users, when it differs from the file's. */
  name?: string
}

/**
 * Runs a program to its end and returns its output.
 * @throws AppError `step_failed` with the last lines of its output when its exit code is not 0
 */
export async function runProgram(file: string, args: string[], options: RunOptions = {}): Promise<string> {
  const { env = {}, input, signal, name = file, ...rest } = options
  signal?.throwIfAborted()
  // In a separate process group, so that its own children end with it.
  const group = { detached: true, stdio: 'pipe' as const }
  const child = spawn(file, args, { ...rest, ...group, env: environmentWith(env) })
  const end = () => endGroupOf(child.pid)
  signal?.addEventListener('abort', end)
  let command = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      command = (command + text).slice(-100_000)
    })
  }
  child.stdin.on('error', () => {}) // It may exit without reading its input.
  child.stdin.end(input)
  const code = await new Promise<number | string | null>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('close', (exitCode, killedBy) => resolve(exitCode ?? killedBy))
  })
  signal?.removeEventListener('abort', end)
  signal?.throwIfAborted()
  if (code === 0) return command
  throw new AppError('step_failed', {
    details: { program: name, code: code ?? 'unknown', words: lastLines(command, 60) },
  })
}

function endGroupOf(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // It has just exited.
  }
}

/** The last `count` lines that are not empty. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-count)
    .join('\n    ')
}

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Instance, readInstance } from '#cli/start/instance.ts'
import { freePort } from '#cli/start/port.ts'
import { dataPathsOf } from '#lib/data-paths.ts'
import { knownSecrets } from '#lib/secrets.ts'
import { KEPT_PROFILE } from './kept-profile.ts'
import { type DatabaseRecording, recordDatabase } from './life-checker/recorded-database.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const BIN = join(ROOT, 'bin', 'nightshift.js')

/** A real `nightshift start`, with web, worker and database, on a DATA_DIR and a port of its own. */
export interface TestInstance {
  readonly process: ChildProcess
  readonly dataDir: string
  readonly port: number
  readonly url: string
  /** All that it said. */
  output(): string
  /** What `instance.json` says now. @throws Error where nothing runs */
  instance(): Instance
  /** The token of its admin; undefined before its first start has made it. */
  adminToken(): string | undefined
  /** Resolves when the address was printed. */
  ready(): Promise<void>
  /** Sends the signal and gives the exit code. @throws AssertionError where a job lived against the model of its life */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface TestInstanceOptions {
  dataDir: string
  port?: number
  env?: Record<string, string>
  /** What to run instead of the bootstrap under this Node. */
  command?: readonly string[]
  /** Whether the lives of jobs in a database of its own are replayed at the end. */
  recorded?: boolean
}

/**
 * A folder for a DATA_DIR; as root it may be passed through, else the database would go elsewhere. It has the profile of
 * LibreOffice that an earlier start of the same test run filled.
 */
export function makeDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-house-'))
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  if (existsSync(KEPT_PROFILE)) cpSync(KEPT_PROFILE, dataPathsOf(folder).profile, { recursive: true })
  return folder
}

/** What runs something when a test or a block of tests is over: a test's context, or node:test's own `after`. */
export interface TestScope {
  after(end: () => Promise<void>): void
}

/** A DATA_DIR for a test or a block: with it ends all that works on it, whatever has become of the test. */
export function dataDirFor(scope: TestScope): string {
  const dataDir = makeDataDir()
  scope.after(() => clearAway(dataDir))
  return dataDir
}

/** Kills all that works on a DATA_DIR and deletes it. */
export async function clearAway(dataDir: string): Promise<void> {
  await killAllOn(dataDir)
  removeDataDir(dataDir)
}

/** Kills all that works on a DATA_DIR; where everything has ended in order that is nothing. */
export async function killAllOn(dataDir: string): Promise<void> {
  await until('the end of all that works on the DATA_DIR', () => {
    const left = processesOn(dataDir).map(line => Number.parseInt(line, 10))
    for (const pid of left) killIfThere(pid)
    return left.length === 0
  })
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** Deletes a DATA_DIR with what lies outside of it. */
export function removeDataDir(dataDir: string): void {
  const { open } = dataPathsOf(dataDir)
  for (const folder of [open, dataDir]) rmSync(folder, { recursive: true, force: true })
}

export async function startInstance(options: TestInstanceOptions): Promise<TestInstance> {
  const port = options.port ?? (await freePort())
  const environment = { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: options.dataDir }
  // The channel ends the instance when this test process dies.
  const [program = process.execPath, ...args] = options.command ?? [process.execPath, BIN, 'start']
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...environment, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const url = `http://127.0.0.1:${port}`
  const { recorded = true } = options
  const hasOwnDatabase = !(options.env?.DATABASE_URL ?? process.env.DATABASE_URL)
  let recording: DatabaseRecording | undefined
  return {
    process: child,
    dataDir: options.dataDir,
    port,
    url,
    output: () => output,
    instance: () => {
      const instance = readInstance(join(options.dataDir, 'instance.json'))
      if (!instance) throw new Error(`nothing runs on ${options.dataDir}`)
      return instance
    },
    adminToken() {
      const { ADMIN_TOKEN: adminToken, SECRET: secret } = options.env ?? {}
      return knownSecrets(options.dataDir, { adminToken, secret })?.adminToken
    },
    async ready() {
      await until('the address', () => {
        if (child.exitCode !== null) throw new Error(`it ended before it was ready:\n${output}`)
        return output.includes(`Open ${url}`)
      })
      if (!recorded || !hasOwnDatabase) return
      const { databaseUrl } = readInstance(join(options.dataDir, 'instance.json')) ?? {}
      if (databaseUrl) recording = await recordDatabase(databaseUrl)
    },
    async end(signal) {
      const isRunning = child.exitCode === null && child.signalCode === null
      const problems = isRunning ? await recording?.stop() : []
      const code = await endWith(child, signal)
      assert.deepEqual(problems ?? [], [], 'every job lived by the model')
      return code
    },
  }
}

async function endWith(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
  return child.exitCode
}

/** Resolves when no process works on this DATA_DIR: what was killed may take a moment to be gone. */
export const nothingIsLeftOn = (dataDir: string): Promise<unknown> =>
  until('the end of everything', () => processesOn(dataDir).length === 0)

/** Every process that works on this DATA_DIR, by its environment or its command line, as `pid command`. */
export function processesOn(dataDir: string): string[] {
  const { open } = dataPathsOf(dataDir)
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(pid => ({ pid, environment: readProc(pid, 'environ'), command: readProc(pid, 'cmdline') }))
    .filter(
      ({ environment, command }) =>
        environment.includes(`DATA_DIR=${dataDir}`) || command.includes(dataDir) || command.includes(open),
    )
    .map(({ pid, command }) => `${pid} ${command.replaceAll('\0', ' ')}`)
}

function readProc(pid: string, name: string): string {
  try {
    return readFileSync(join('/proc', pid, name), 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}

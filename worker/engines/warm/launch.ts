import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { officeCommand, START_AGAIN } from '#worker/engines/home.ts'
import { failureOf } from '#worker/engines/process-failure.ts'
import { clockOf, type Region } from '#worker/region.ts'
import { type Ended, PROCESS_LIMITS, type Sandbox, type Sandboxed } from '#worker/sandbox.ts'
import type { Office } from '#worker/uno/office.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'
import { connectTo, findSocket } from './socket.ts'

const POLL_EVERY_MS = 10
/** A fresh profile needs two. */
const STARTS = 2
/** LibreOffice maps some 600 MB that it never fills; the document's memory is added to this. */
const MAPPED_BYTES = 2 * 2 ** 30
/** The kernel's limit is above the watchdog's by this much, so that the watchdog can detect it first. */
const MARGIN_BYTES = 2 ** 28

export interface LaunchOptions {
  /** The folder with its profile in `home/profile`. */
  root: string
  /** The folder in it for documents. */
  documents: string
  sandbox: Sandbox
  region: Region
  /** What a document may use, in bytes; the kernel refuses what is far above it. */
  memoryLimitBytes: number
  resultLimitBytes: number
  signal: AbortSignal
  /** Called with each process as soon as it runs. */
  onStarted(running: Sandboxed): void
}

/**
 * Starts a LibreOffice that stays, and connects to it.
 * @throws AppError `sandbox_unavailable`, `engine_crashed`; the signal's reason, and then it may still run
 */
export async function launch(options: LaunchOptions): Promise<Office> {
  for (let start = 1; ; start++) {
    options.signal.throwIfAborted()
    const pipe = `nightshift${randomBytes(8).toString('hex')}`
    const running = run(pipe, options)
    options.onStarted(running)
    const greeted = await greet(running, pipe, options)
    if (!('code' in greeted)) return greeted
    if (greeted.code !== START_AGAIN || start === STARTS) throw crashed(greeted)
  }
}

function run(pipe: string, options: LaunchOptions): Sandboxed {
  const { root, documents, sandbox, region } = options
  const command = [
    ...officeCommand(root, sandbox),
    '--invisible',
    '--nodefault',
    `--accept=pipe,name=${pipe};urp;StarOffice.ComponentContext`,
  ]
  return sandbox.spawn(command, {
    slot: root,
    documents,
    environment: { ...sandbox.office.environment, TZ: clockOf(region) },
    limits: {
      addressSpaceBytes: options.memoryLimitBytes + MAPPED_BYTES,
      fileBytes: options.resultLimitBytes + MARGIN_BYTES,
      openFiles: PROCESS_LIMITS.openFiles,
    },
  })
}

/** The connection, or how the process ended before there was one. */
async function greet(
  running: Sandboxed,
  pipe: string,
  { root, signal }: LaunchOptions,
): Promise<Office | Ended> {
  let ended: Ended | undefined
  let failed: unknown
  running.ended.then(
    how => (ended = how),
    error => (failed = error),
  )
  for (;;) {
    signal.throwIfAborted()
    if (failed) throw new AppError('sandbox_unavailable', { cause: failed })
    const socket = await findSocket(root, pipe)
    const office = socket && (await connectTo(dirname(socket), socket, signal).catch(comeAgain))
    if (office) {
      // The socket's name is no longer needed, and without the sandbox nothing else would delete it.
      await rm(socket, { force: true })
      return office
    }
    if (ended) return ended
    await wait(POLL_EVERY_MS)
  }
}

/** A process with a fresh profile opens its socket, exits, and wants to be restarted. */
function comeAgain(error: unknown): undefined {
  if (!(error instanceof ProtocolError)) throw error
}

/** For any exit code: a process that should have stayed and ended has crashed. */
function crashed(ended: Ended): AppError {
  const failure = failureOf(ended)
  if (failure.code === 'sandbox_unavailable') return failure
  return new AppError('engine_crashed', { log: failure.message })
}

/**
 * The sandbox for hostile documents: no network, no files of others, and one writable folder, the slot's. The only
 * place in the worker that starts processes.
 */
import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { SandboxName } from '#lib/vocabulary/sandboxes.ts'
import { type DOCUMENTS, FONT_RULES, type Machine, type ProcessLimits } from './sandbox/bwrap-args.ts'
import { collect } from './sandbox/collect-output.ts'
import { argsOf, pathInside, type Recipe, wrapperFor } from './sandbox/command-line.ts'
import { openFontRules } from './sandbox/font-rules.ts'
import { openLandlock } from './sandbox/landlock.ts'
import { inspectMachine, processorFor } from './sandbox/machine.ts'
import type { OfficeInstallation } from './sandbox/office-installation.ts'
import { showFonts } from './sandbox/own-fonts.ts'
import { endProcessTree } from './sandbox/process-tree.ts'
import { explainProblem } from './sandbox/sandbox-problem.ts'
import { seccompFilter } from './sandbox/seccomp.ts'
import { giveTo, nextSlotUser, slotUserOf } from './sandbox/user.ts'
import { SPACINGS } from './stand-ins/asian.ts'
import { spacingFont } from './stand-ins/spacing-font.ts'
import { fontconfigRules } from './stand-ins.ts'

export type { ProcessLimits } from './sandbox/bwrap-args.ts'
export { PROCESS_LIMITS } from './sandbox/command-line.ts'

/**
 * The environment of bwrap itself is empty: /proc/1/environ inside would show it, even if it is cleared for the
 * command.
 */
const NOTHING = {} as NodeJS.ProcessEnv

export interface SpawnOptions {
  /** The one folder that the command may write to. */
  slot: string
  /** A folder in the slot, or the slot itself, that is also mounted at `DOCUMENTS`. */
  documents?: string
  limits?: ProcessLimits
  /** Environment variables of the command. PATH, HOME and LANG are always set; none of the worker's own is passed. */
  environment?: Readonly<Record<string, string>>
  /** Kills the command and all its descendants. */
  signal?: AbortSignal
}

/** How a command ended, with the first 64 KB of its output. */
export interface Ended {
  /** Null when a signal ended it. */
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A running command. */
export interface Sandboxed {
  /** The pid of the outermost process; undefined when it could not be started. */
  readonly pid: number | undefined
  /** Resolves when its last descendant has closed its outputs. Rejects when it could not be started. */
  readonly ended: Promise<Ended>
  /** Kills it with all its descendants; resolves when none is left. */
  kill(): Promise<void>
}

export interface WrapperOptions extends Omit<SpawnOptions, 'signal'> {
  /** The files for the wrapper's pid and for stderr, outside the slot. */
  pidFile: string
  errorFile: string
}

export interface Sandbox {
  readonly mode: SandboxName
  readonly office: OfficeInstallation
  /** Converts a path in a slot to the path inside the sandbox, or below another mount point. */
  pathInside(slot: string, path: string, seenAt?: typeof DOCUMENTS): string
  /** Gives a slot's folder and its content to the user of the sandbox. */
  adopt(folder: string): Promise<void>
  /** Starts a command. @see Sandboxed */
  spawn(command: readonly string[], options: SpawnOptions): Sandboxed
  /** Runs a command to its end. @throws the signal's reason after an abort, when all its processes are dead */
  run(command: readonly string[], options: SpawnOptions): Promise<Ended>
  /** Writes a program to `file` that runs `command`, plus its own arguments, in the sandbox. */
  writeWrapper(file: string, command: readonly string[], options: WrapperOptions): Promise<void>
}

/** What a sandbox shows. */
export interface SandboxView {
  /** The operator's own folder of fonts. */
  fonts?: string | undefined
  /** The system in this folder is shown, and not the machine's. */
  tree?: string | undefined
}

/**
 * Builds the sandbox and tries it out; `folder` stores what it needs. If it cannot be built, that is an error; there is
 * no weaker fallback.
 * @throws AppError `sandbox_unavailable` with the reason and the fix
 */
export async function openSandbox(
  mode: Sandbox['mode'],
  folder: string,
  view: SandboxView = {},
): Promise<Sandbox> {
  const sandbox = await buildSandbox(mode, folder, view)
  await tryOut(sandbox, folder)
  return sandbox
}

/**
 * Builds the sandbox for a caller that runs `tryOut` meanwhile, and nothing hostile before that is over.
 * @throws AppError `sandbox_unavailable` with the reason and the fix
 */
export async function buildSandbox(
  mode: Sandbox['mode'],
  folder: string,
  { fonts, tree }: SandboxView = {},
): Promise<Sandbox> {
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const found = await inspectMachine(tree)
  const [ownFonts, fontRules, disablesNamespaces] = await Promise.all([
    fonts ? showFonts(fonts, folder) : undefined,
    openFontRules(folder, {
      rules: fontconfigRules(),
      fonts: Object.fromEntries(SPACINGS.map(one => [`${one.family}.ttf`, spacingFont(one)])),
      seenAs: mode === 'bwrap' ? FONT_RULES : undefined,
    }),
    mode === 'bwrap' && canDisableNamespaces(found.tools.bwrap),
  ])
  return sandboxOf(await recipeFor(mode, folder, { ...found, ownFonts, fontRules, disablesNamespaces }))
}

async function recipeFor(mode: Sandbox['mode'], folder: string, machine: Machine): Promise<Recipe> {
  if (mode === 'off') return { mode, machine }
  const processor = processorFor(machine, mode)
  if (mode === 'landlock') return { mode, machine, landlock: await openLandlock(folder, machine, processor) }
  const filter = join(folder, 'seccomp.bpf')
  await writeFile(filter, seccompFilter(processor))
  return { mode, machine, filter }
}

function sandboxOf(recipe: Recipe): Sandbox {
  const { mode, machine, filter } = recipe
  const { office, user } = machine
  const spawnHere: Sandbox['spawn'] = (command, options) =>
    start(argsOf(recipe, command, { ...options, descriptor: 3 }), { ...options, filter })
  return {
    mode,
    office,
    pathInside: (slot, path, seenAt) => pathInside(recipe, { folder: slot, path, seenAt }),
    adopt: folder => {
      if (!user) return Promise.resolve()
      return giveTo(mode === 'landlock' ? (slotUserOf(folder) ?? nextSlotUser(user)) : user, folder)
    },
    spawn: spawnHere,
    run: (command, options) => runToEnd(spawnHere(command, options), options.signal),
    writeWrapper: (file, command, options) =>
      writeFile(file, wrapperFor(recipe, command, options), { mode: 0o700 }),
  }
}

async function runToEnd(running: Sandboxed, signal: AbortSignal | undefined): Promise<Ended> {
  const ended = await running.ended
  if (!signal?.aborted) return ended
  await running.kill()
  throw signal.reason
}

function start(
  [program = '', ...rest]: string[],
  { filter, slot, signal }: SpawnOptions & { filter: string | undefined },
): Sandboxed {
  // Opened for each process, because bwrap reads from the current position.
  const descriptor = filter ? openSync(filter, 'r') : undefined
  const child = spawn(program, rest, {
    env: NOTHING,
    cwd: slot,
    stdio: ['ignore', 'pipe', 'pipe', ...(descriptor === undefined ? [] : [descriptor])],
  })
  if (descriptor !== undefined) closeSync(descriptor)
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  let killed: Promise<void> | undefined
  const kill = () => {
    killed ??= child.pid === undefined ? Promise.resolve() : endProcessTree(child.pid)
    return killed
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, by) => resolve({ code, signal: by, stdout: stdout(), stderr: stderr() }))
  })
  // Callers of kill() receive the failure.
  const abort = () => void kill().catch(() => {})
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  ended.finally(() => signal?.removeEventListener('abort', abort)).catch(() => {})
  return { pid: child.pid, ended, kill }
}

/** Not where there is no bubblewrap, which `processorFor` tells. */
async function canDisableNamespaces(bwrap: string | undefined): Promise<boolean> {
  if (!bwrap) return false
  const { stdout } = await promisify(execFile)(bwrap, ['--help'], { env: NOTHING })
  return stdout.includes('--disable-userns')
}

/** Runs a first command in the sandbox. @throws AppError `sandbox_unavailable` with the reason and the fix */
export async function tryOut(sandbox: Sandbox, folder: string): Promise<void> {
  if (sandbox.mode === 'off') return
  const slot = await mkdtemp(join(folder, 'trial-'))
  try {
    await sandbox.adopt(slot)
    const { code, stderr } = await sandbox.run(['/usr/bin/true'], { slot })
    if (code !== 0) throw new AppError('sandbox_unavailable', { log: explainProblem(stderr) })
  } finally {
    await rm(slot, { recursive: true, force: true })
  }
}

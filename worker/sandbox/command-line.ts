/** The command lines that start a command in each of the sandboxes. */
import { join } from 'node:path'
import type { SandboxName } from '#lib/vocabulary/sandboxes.ts'
import type { SpawnOptions, WrapperOptions } from '../sandbox.ts'
import {
  bareArgs,
  bwrapArgs,
  DOCUMENTS,
  FONT_RULES,
  INSIDE,
  limitArgs,
  type Machine,
  OWN_DATA,
  type ProcessLimits,
} from './bwrap-args.ts'
import { FONT_RULES_FILE } from './font-rules.ts'
import { slotRule } from './landlock-rules.ts'
import { slotUserOf } from './user.ts'
import { FILTER_NUMBER, wrapperScript } from './wrapper.ts'

/** Enough for the largest documents observed, small enough that one cannot exhaust the machine. */
export const PROCESS_LIMITS: ProcessLimits = {
  addressSpaceBytes: 4 * 2 ** 30,
  fileBytes: 2 ** 30,
  openFiles: 1024,
}

/** Of one slot's user, threads included: LibreOffice has some twenty. */
const SLOT_PROCESSES = 500

/** Where LibreOffice makes its sockets under Landlock: the slot, under a name that is short enough for a socket. */
const WORKING_FOLDER = '/proc/self/cwd'

/** The configuration for this machine. */
export interface Recipe {
  mode: SandboxName
  machine: Machine
  /** The file of the system call filter for bubblewrap. */
  filter?: string
  /** The words of Landlock before a slot's rule. */
  landlock?: readonly string[]
}

/** The whole command line: sandbox, limits, command. `descriptor` is the file descriptor of the system call filter. */
export function argsOf(
  recipe: Recipe,
  command: readonly string[],
  options: Omit<SpawnOptions, 'signal'> & { descriptor: number },
): string[] {
  const { mode, machine, landlock } = recipe
  const { slot, documents, descriptor, limits = PROCESS_LIMITS } = options
  const isInside = mode === 'bwrap'
  const environment = {
    PATH: '/usr/bin:/bin',
    HOME: pathInside(recipe, { folder: slot, path: join(slot, 'home') }),
    TMPDIR: pathInside(recipe, { folder: slot, path: slot }),
    LANG: 'C.UTF-8',
    ...(machine.fontRules && {
      FONTCONFIG_FILE: join(isInside ? FONT_RULES : machine.fontRules, FONT_RULES_FILE),
    }),
    ...(machine.ownFonts && { XDG_DATA_HOME: isInside ? OWN_DATA : machine.ownFonts.dataFolder }),
    ...(landlock && { OSL_SOCKET_PATH: WORKING_FOLDER }),
    ...options.environment,
  }
  if (isInside)
    return [
      ...bwrapArgs(machine, { slot, documents, filter: descriptor, environment }),
      ...limitArgs(machine.tools, limits),
      ...command,
    ]
  const user = machine.user && slotUserOf(slot)
  return [
    ...bareArgs({ ...machine, user: user ?? machine.user }, environment),
    ...limitArgs(machine.tools, { ...limits, processes: user && SLOT_PROCESSES }),
    ...(landlock ? [...landlock, slotRule(slot)] : []),
    ...command,
  ]
}

/** The script that runs `command` in the sandbox. */
export function wrapperFor(recipe: Recipe, command: readonly string[], options: WrapperOptions): string {
  const { slot, documents, pidFile, errorFile } = options
  const { filter, machine } = recipe
  const user = machine.user && (slotUserOf(slot) ?? machine.user)
  return wrapperScript({
    slot,
    inside: pathInside(recipe, {
      folder: slot,
      path: slot,
      seenAt: documents === slot ? DOCUMENTS : INSIDE,
    }),
    command: argsOf(recipe, command, { ...options, descriptor: FILTER_NUMBER }),
    filter,
    owner: user && `${user.uid}:${user.gid}`,
    pidFile,
    errorFile,
  })
}

/** @see Sandbox.pathInside */
export function pathInside(
  { mode }: Recipe,
  { folder, path, seenAt = INSIDE }: { folder: string; path: string; seenAt?: string | undefined },
): string {
  return mode === 'bwrap' && (path === folder || path.startsWith(`${folder}/`))
    ? seenAt + path.slice(folder.length)
    : path
}

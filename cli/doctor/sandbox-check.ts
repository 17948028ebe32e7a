import { join } from 'node:path'
import type { Config } from '#lib/config.ts'
import { type Check, passed } from '#lib/vocabulary/check.ts'
import { NOT_COVERED, type SandboxName, sandboxesFor } from '#lib/vocabulary/sandboxes.ts'
import { programAt } from '../../bin/needs.js'
import type { Platform } from '../engine/package-list.ts'
import type { Tree } from '../engine/tree-store.ts'
import { runProgram } from '../start/programs.ts'

const ALLOW = 'allow user namespaces for bwrap (AppArmor, or Docker’s seccomp profile)'
const PERMIT =
  'install perl-base, and use Linux 5.13 or later with Landlock on and its system calls permitted'
const MENDS: Readonly<Record<Config['sandbox'], string>> = {
  auto: `install bubblewrap and ${ALLOW}, or ${PERMIT}`,
  bwrap: ALLOW,
  landlock: PERMIT,
  off: 'unset SANDBOX',
}

/**
 * Whether the sandbox can be built. Some systems install bubblewrap but forbid its system calls; the worker then takes
 * Landlock for SANDBOX=auto. Whether a document can break out, only a worker's probe tells. Undefined where something is
 * missing that another check names.
 */
export async function sandboxCheck(
  config: Config,
  engineRoot: Tree | Platform | 'machine',
): Promise<Check | undefined> {
  if (engineRoot !== 'machine') return treeSandbox(engineRoot)
  if (config.sandbox === 'off') return { ...refused('off', `off: ${risksOf('off')}`), state: 'warning' }
  if (config.sandbox === 'bwrap' && !programAt('bwrap')) return undefined
  for (const one of sandboxesFor(config.sandbox))
    if (one === 'landlock' ? await landlockWorks() : await bubblewrapWorks(programAt('bwrap')))
      return works(one)
  const found = {
    auto: 'neither bubblewrap nor Landlock works',
    bwrap: 'this system forbids user namespaces',
  }
  return refused(
    config.sandbox,
    config.sandbox === 'landlock' ? 'Landlock does not work' : found[config.sandbox],
  )
}

/** Before the tree is made, which asks for user namespaces, nothing is known. */
async function treeSandbox(engineRoot: Tree | Platform): Promise<Check | undefined> {
  if (!('path' in engineRoot)) return undefined
  if (await bubblewrapWorks(join(engineRoot.path, 'usr/bin/bwrap'))) return works('bwrap')
  return refused('bwrap', 'this system forbids user namespaces')
}

const works = (sandbox: SandboxName) =>
  passed('sandbox', 'Sandbox', `works (${sandbox}). ${risksOf(sandbox)}`)

const refused = (sandbox: Config['sandbox'], found: string): Check => ({
  ...{ id: 'sandbox', state: 'failed', what: 'Sandbox' },
  ...{ found, mend: MENDS[sandbox] },
})

const risksOf = (sandbox: SandboxName) => `A hostile document: ${NOT_COVERED[sandbox].join(' ')}`

function bubblewrapWorks(bwrap: string | undefined): Promise<boolean> {
  const inside = ['--unshare-all', '--unshare-user', '--die-with-parent', '--ro-bind', '/', '/', '/bin/true']
  return ends(bwrap, inside)
}

/** Asks for the version of Landlock by its first system call. */
function landlockWorks(): Promise<boolean> {
  return ends(programAt('perl'), ['-e', 'exit(syscall(444, 0, 0, 1) < 1)'])
}

async function ends(program: string | undefined, args: string[]): Promise<boolean> {
  if (!program) return false
  return runProgram(program, args).then(
    () => true,
    () => false,
  )
}

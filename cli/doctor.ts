import { existsSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, readConfig } from '#lib/config.ts'
import { type DataPaths, dataPathsOf } from '#lib/data-paths.ts'
import { NOT_COVERED, type SandboxName, sandboxesFor } from '#lib/vocabulary/sandboxes.ts'
import { libreOfficeIsNogui, needsFor, programAt } from '../bin/needs.js'
import type { Platform } from './engine/package-list.ts'
import type { Tree } from './engine/tree-store.ts'
import { databaseVersion } from './start/database-programs.ts'
import { reasonOf } from './start/database-step.ts'
import { aboutTree, findEngineRoot } from './start/engine-root.ts'
import { runningInstance } from './start/instance.ts'
import { runProgram } from './start/programs.ts'
import { commandFor, NOGUI_WARNING, systemOf } from './start/system.ts'
import { libreOfficeVersion, nightshiftVersion, postgresVersion } from './versions.ts'

/** The result of one check. */
interface Finding {
  what: string
  state: 'good' | 'missing' | 'warning'
  note: string
}

const MARKS = { good: '✓', missing: '✗', warning: '!' }
const LOW_SPACE_BYTES = 2_000_000_000

/**
 * Prints what is installed, what is missing, and the one command that fixes it. The exit code is 1 when a start would
 * fail.
 */
export async function doctor(): Promise<void> {
  const config = readConfig()
  const paths = dataPathsOf(config.dataDir)
  const engineRoot = await findEngineRoot(config)
  const isOnMachine = engineRoot === 'machine'
  const findings = [
    good('Nightshift', nightshiftVersion()),
    good('Node', process.versions.node),
    ...(isOnMachine ? programs(config) : [tree(engineRoot)]),
    isOnMachine ? await sandbox(config) : await treeSandbox(engineRoot),
    isOnMachine ? libreOffice() : undefined,
    database(config),
    instanceState(paths),
    space(paths),
  ]
  const found = (await Promise.all(findings)).filter(finding => finding !== undefined)
  for (const { what, state, note } of found) console.log(`  ${MARKS[state]} ${what.padEnd(38)}${note}`)
  const missing = isOnMachine ? needsFor(config.sandbox).filter(need => !need.there()) : []
  if (missing.length > 0) console.log(`\n  Run this once:\n\n    ${commandFor(missing, systemOf())}\n`)
  if (found.some(finding => finding.state === 'missing')) process.exitCode = 1
}

const good = (what: string, note: string): Finding => ({ what, state: 'good', note })

function programs(config: Config): (Finding | Promise<Finding>)[] {
  return needsFor(config.sandbox).map(need => {
    if (need.there()) return need.what === 'LibreOffice' ? versionOfLibreOffice() : good(need.what, '')
    return { what: need.what, state: need.optional ? 'warning' : 'missing', note: 'not installed' }
  })
}

function tree(engineRoot: Tree | Platform): Finding {
  if ('path' in engineRoot) return good('LibreOffice in its own folder', aboutTree(engineRoot))
  const note = 'is fetched by the next start (240 MB), without installing it'
  return { what: 'LibreOffice in its own folder', state: 'warning', note }
}

/** Undefined before the tree is made, which asks for user namespaces. */
async function treeSandbox(engineRoot: Tree | Platform): Promise<Finding | undefined> {
  if (!('path' in engineRoot)) return undefined
  if (await bubblewrapWorks(join(engineRoot.path, 'usr/bin/bwrap')))
    return good('Sandbox', `works (bwrap). ${risksOf('bwrap')}`)
  return { what: 'Sandbox', state: 'missing', note: FIXES.bwrap }
}

async function versionOfLibreOffice(): Promise<Finding> {
  try {
    return good('LibreOffice', await libreOfficeVersion())
  } catch (error) {
    return { what: 'LibreOffice', state: 'missing', note: `does not start: ${reasonOf(error)}` }
  }
}

function libreOffice(): Finding | undefined {
  if (!libreOfficeIsNogui()) return undefined
  return { what: 'LibreOffice’s dialogs', state: 'warning', note: NOGUI_WARNING }
}

/** Some systems install bubblewrap but forbid its system calls; the worker then takes Landlock for SANDBOX=auto. */
async function sandbox(config: Config): Promise<Finding | undefined> {
  if (config.sandbox === 'off') return { what: 'Sandbox', state: 'warning', note: `off: ${risksOf('off')}` }
  if (config.sandbox === 'bwrap' && !programAt('bwrap')) return undefined
  for (const one of sandboxesFor(config.sandbox))
    if (one === 'landlock' ? await landlockWorks() : await bubblewrapWorks(programAt('bwrap')))
      return good('Sandbox', `works (${one}). ${risksOf(one)}`)
  return { what: 'Sandbox', state: 'missing', note: FIXES[config.sandbox] }
}

const risksOf = (sandbox: SandboxName) => `A hostile document: ${NOT_COVERED[sandbox].join(' ')}`

const ALLOW = 'allow user namespaces for bwrap (AppArmor, or Docker’s seccomp profile)'
const PERMIT =
  'install perl-base, and use Linux 5.13 or later with Landlock on and its system calls permitted'
const FIXES: Readonly<Record<Config['sandbox'], string>> = {
  auto: `neither bubblewrap nor Landlock works: install bubblewrap and ${ALLOW}, or ${PERMIT}`,
  bwrap: `this system forbids user namespaces: ${ALLOW}`,
  landlock: `Landlock does not work: ${PERMIT}`,
  off: '',
}

function bubblewrapWorks(bwrap: string | undefined): Promise<boolean> {
  const inside = ['--unshare-all', '--unshare-user', '--die-with-parent', '--ro-bind', '/', '/', '/bin/true']
  return ends(bwrap, inside)
}

/** Asks for the version of Landlock by its first system call. */
function landlockWorks(): Promise<boolean> {
  return ends(programAt('perl'), ['-e', 'exit(syscall(444, 0, 0, 1) < 1)'])
}

async function ends(program: string | undefined, words: string[]): Promise<boolean> {
  if (!program) return false
  return runProgram(program, words).then(
    () => true,
    () => false,
  )
}

async function database({ databaseUrl, jobs }: Config): Promise<Finding> {
  if (databaseUrl) return databaseAt(databaseUrl)
  if (jobs !== 'postgres') return good('Database', `none: jobs are in ${jobs}`)
  try {
    return good('Database', `embedded PostgreSQL ${databaseVersion()}`)
  } catch {
    return { what: 'Database', state: 'missing', note: 'none for this kind of machine: set DATABASE_URL' }
  }
}

async function databaseAt(url: string): Promise<Finding> {
  try {
    return good('Database', `PostgreSQL ${await postgresVersion(url)} of DATABASE_URL`)
  } catch (error) {
    return { what: 'Database', state: 'missing', note: `DATABASE_URL cannot be used: ${reasonOf(error)}` }
  }
}

function instanceState(paths: DataPaths): Finding {
  const running = runningInstance(paths.instance)
  if (!running) return good('Instance', `none runs on ${paths.dataDir}`)
  return good('Instance', `runs with pid ${running.launcher.pid}, ${running.url ?? 'starting'}`)
}

/** Before the first start the disk is that of the nearest folder which is there. */
function space({ dataDir }: DataPaths): Finding {
  let folder = dataDir
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const note = `${((bavail * bsize) / 1e9).toFixed(1)} GB free under ${dataDir}`
  return { what: 'Disk', state: bavail * bsize < LOW_SPACE_BYTES ? 'warning' : 'good', note }
}

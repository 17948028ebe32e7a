import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, readConfig } from '#lib/config.ts'
import { type DataPaths, dataPathsOf } from '#lib/data-paths.ts'
import type { Platform } from './engine/package-list.ts'
import type { Tree } from './engine/tree-store.ts'
import { databaseVersion } from './start/database-programs.ts'
import { aboutTree, findEngineRoot } from './start/engine-root.ts'
import { runningInstance } from './start/instance.ts'
import { libreOfficeIsNogui, needsFor, programAt } from './start/needs.ts'
import { runProgram } from './start/programs.ts'
import { commandFor, NOGUI_WARNING, systemOf } from './start/system.ts'

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
    good('Node', process.versions.node),
    ...(isOnMachine ? programs(config) : [tree(engineRoot)]),
    await sandbox(config, isOnMachine ? programAt('bwrap') : bwrapOf(engineRoot)),
    isOnMachine ? libreOffice() : undefined,
    database(config),
    instanceState(paths),
    space(paths),
  ].filter(finding => finding !== undefined)
  for (const { what, state, note } of findings) console.log(`  ${MARKS[state]} ${what.padEnd(38)}${note}`)
  const missing = isOnMachine ? needsFor(config.sandbox).filter(need => !need.there()) : []
  if (missing.length > 0) console.log(`\n  Run this once:\n\n    ${commandFor(missing, systemOf())}\n`)
  if (findings.some(finding => finding.state === 'missing')) process.exitCode = 1
}

const good = (what: string, note: string): Finding => ({ what, state: 'good', note })

function programs(config: Config): Finding[] {
  return needsFor(config.sandbox).map(need => {
    if (need.there()) return good(need.what, '')
    return { what: need.what, state: need.optional ? 'warning' : 'missing', note: 'not installed' }
  })
}

function tree(engineRoot: Tree | Platform): Finding {
  if ('path' in engineRoot) return good('LibreOffice in its own folder', aboutTree(engineRoot))
  const note = 'is fetched by the next start (240 MB), without installing it'
  return { what: 'LibreOffice in its own folder', state: 'warning', note }
}

/** Undefined before the tree is made. */
const bwrapOf = (root: Tree | Platform) => ('path' in root ? join(root.path, 'usr/bin/bwrap') : undefined)

function libreOffice(): Finding | undefined {
  if (!libreOfficeIsNogui()) return undefined
  return { what: 'LibreOffice’s dialogs', state: 'warning', note: NOGUI_WARNING }
}

/** Some systems install bubblewrap but forbid its system calls. */
async function sandbox(config: Config, bwrap: string | undefined): Promise<Finding | undefined> {
  if (config.sandbox === 'off')
    return {
      what: 'Sandbox',
      state: 'warning',
      note: 'off: a hostile document can read this machine’s files',
    }
  if (!bwrap) return undefined
  const inside = ['--unshare-all', '--unshare-user', '--die-with-parent', '--ro-bind', '/', '/', '/bin/true']
  try {
    await runProgram(bwrap, inside)
    return good('Sandbox', 'works')
  } catch {
    const note =
      'this system forbids user namespaces: allow them for bwrap (AppArmor, or Docker’s seccomp profile)'
    return { what: 'Sandbox', state: 'missing', note }
  }
}

function database(config: Config): Finding {
  if (config.databaseUrl) return good('Database', 'the one that DATABASE_URL names')
  try {
    return good('Database', `embedded PostgreSQL ${databaseVersion()}`)
  } catch {
    return { what: 'Database', state: 'missing', note: 'none for this kind of machine: set DATABASE_URL' }
  }
}

function instanceState(paths: DataPaths): Finding {
  const running = runningInstance(paths.instance)
  if (!running) return good('Nightshift', `does not run on ${paths.dataDir}`)
  return good('Nightshift', `runs with pid ${running.launcher.pid}, ${running.url ?? 'starting'}`)
}

function space(paths: DataPaths): Finding | undefined {
  if (!existsSync(paths.dataDir)) return undefined
  const { bavail, bsize } = statfsSync(paths.dataDir)
  const note = `${((bavail * bsize) / 1e9).toFixed(1)} GB free under ${paths.dataDir}`
  return { what: 'Disk', state: bavail * bsize < LOW_SPACE_BYTES ? 'warning' : 'good', note }
}

import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Config, readConfig } from '#lib/config.ts'
import { type DataPaths, dataPathsOf } from '#lib/data-paths.ts'
import { databaseVersion } from './start/database-programs.ts'
import { reasonOf } from './start/database-step.ts'
import { runningInstance } from './start/instance.ts'
import { libreOfficeIsNogui, needsFor, programAt } from './start/needs.ts'
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
  const findings = [
    good('Nightshift', nightshiftVersion()),
    good('Node', process.versions.node),
    ...programs(config),
    await sandbox(config),
    libreOffice(),
    database(config),
    instanceState(paths),
    space(paths),
  ]
  const found = (await Promise.all(findings)).filter(finding => finding !== undefined)
  for (const { what, state, note } of found) console.log(`  ${MARKS[state]} ${what.padEnd(38)}${note}`)
  const missing = needsFor(config.sandbox).filter(need => !need.there())
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

/** Some systems install bubblewrap but forbid its system calls. */
async function sandbox(config: Config): Promise<Finding | undefined> {
  const bwrap = programAt('bwrap')
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

async function database({ databaseUrl }: Config): Promise<Finding> {
  if (databaseUrl) return databaseAt(databaseUrl)
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

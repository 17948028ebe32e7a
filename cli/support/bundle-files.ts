import { readdirSync } from 'node:fs'
import { arch, availableParallelism, release, totalmem, uptime } from 'node:os'
import { join } from 'node:path'
import { type Config, readSettings } from '#lib/config.ts'
import type { DataPaths } from '#lib/data-paths.ts'
import type { Check } from '#lib/vocabulary/check.ts'
import { nightshiftVersion } from '../versions.ts'
import { logTail } from './log-tail.ts'
import { readStatistics } from './read-statistics.ts'

/** Of each file of the log. */
const TAIL_BYTES = 2_000_000

/** A file of the bundle. */
export interface BundleFile {
  name: string
  /** For the person who gives the bundle away. */
  about: string
  text: string
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** What the bundle holds: no document, no name of one, no owner and no secret. */
export async function bundleFiles(
  config: Config,
  paths: DataPaths,
  checks: readonly Check[],
): Promise<BundleFile[]> {
  return [
    { name: 'versions.json', about: 'versions, and what this machine is', text: json(versions()) },
    {
      name: 'settings.json',
      about: 'settings, without secrets',
      text: json(readSettings(config).map(shown)),
    },
    { name: 'checks.json', about: 'what “nightshift doctor” finds', text: json(checks) },
    {
      name: 'statistics.json',
      about: 'counts of the queues, and the workers’ reports',
      text: json(await readStatistics(config, paths)),
    },
    ...logsIn(paths.logs),
  ]
}

/** A secret is described without its value. */
const shown = ({ name, value, source }: ReturnType<typeof readSettings>[number]) => ({ name, value, source })

function versions() {
  return {
    nightshift: nightshiftVersion(),
    node: process.versions.node,
    system: `${process.platform} ${release()} ${arch()}`,
    processors: availableParallelism(),
    memoryBytes: totalmem(),
    machineRunsForS: Math.round(uptime()),
    at: new Date().toISOString(),
  }
}

function logsIn(folder: string): BundleFile[] {
  const about = 'the end of a log, without names of files'
  return namesIn(folder)
    .map(name => ({ name: `logs/${name}`, about, text: logTail(join(folder, name), TAIL_BYTES) }))
    .filter(({ text }) => text !== '')
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.log(\.1)?$/.test(name))
      .sort()
  } catch {
    return [] // Nothing was logged here yet.
  }
}

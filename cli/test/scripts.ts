import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ConfigError } from '#lib/config.ts'
import { NEEDS, TEST_NEEDS } from '../../bin/needs.js'
import { ensureAdapterPackages, TESTED_ADAPTERS } from '../start/adapter-packages.ts'
import { ensurePages, ROOT } from '../start/build.ts'
import { closeAll, type LaunchContext } from '../start/launch-context.ts'
import { openSteps } from '../start/steps.ts'
import { listenForStop } from '../start/stopping.ts'
import { ensurePrograms } from '../start/system.ts'
import { runScript } from './script.ts'
import { openTestDatabase } from './test-database.ts'

/** A script below `test`, with its options. */
export interface Script {
  name: string
  options: readonly string[]
}

/** The names of the scripts in a folder below `test`. */
export function namesIn(folder: string): string[] {
  return globSync(`test/${folder}/*.ts`, { cwd: ROOT })
    .map(file => basename(file, '.ts'))
    .sort()
}

/** The first sentence of a script's own description. */
export function descriptionOf(folder: string, name: string): string {
  const text = readFileSync(join(ROOT, 'test', folder, `${name}.ts`), 'utf8')
  const about =
    /^\/\*\*(.*?)\*\//s
      .exec(text)?.[1]
      ?.replace(/\s*\n\s*\*\s*/g, ' ')
      .trim() ?? ''
  return /^.*?[.:](?=\s|$)/.exec(about)?.[0] ?? about
}

/**
 * Runs scripts of a folder below `test` in order, each on a new database with PostgreSQL's usual durability; resolves
 * to their exit codes.
 * @throws ConfigError for an unknown name
 */
export async function runScripts(folder: string, scripts: readonly Script[]): Promise<Map<string, number>> {
  const names = namesIn(folder)
  for (const { name } of scripts)
    if (!names.includes(name))
      throw new ConfigError(`There is no “${name}” in test/${folder}; there are: ${names.join(', ')}.`)
  const stopping = listenForStop()
  const steps = openSteps()
  await ensurePrograms(steps, [...NEEDS, ...TEST_NEEDS], stopping.asked)
  for (const adapter of TESTED_ADAPTERS)
    await ensureAdapterPackages(steps, adapter, { signal: stopping.asked })
  await ensurePages(steps, '', stopping.asked)
  const codes = new Map<string, number>()
  for (const { name, options } of scripts) {
    stopping.asked.throwIfAborted()
    const shared: Pick<LaunchContext, 'steps' | 'cleanups'> = { steps, cleanups: [] }
    try {
      const environment = await openTestDatabase(shared, [])
      const script = [join('test', folder, `${name}.ts`), ...options]
      codes.set(name, await runScript(script, { environment, asked: stopping.asked }))
    } finally {
      await closeAll(shared)
    }
  }
  return codes
}

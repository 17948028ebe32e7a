import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ConfigError } from '#lib/config.ts'
import { ensureDatabaseClient, ensurePages, ROOT } from './start/build.ts'
import { closeAll, type Launch } from './start/launch.ts'
import { NEEDS, TEST_NEEDS } from './start/needs.ts'
import { openSteps } from './start/steps.ts'
import { listenForStop } from './start/stopping.ts'
import { ensurePrograms } from './start/system.ts'
import { openTestDatabase } from './test/database.ts'
import { runScript } from './test/script.ts'

/**
 * Runs a measurement of `test/bench` on a database of its own, with PostgreSQL's usual durability.
 * @throws ConfigError where there is none of this name
 */
export async function bench(name: string, options: readonly string[] = []): Promise<void> {
  const names = globSync('test/bench/*.ts', { cwd: ROOT }).map(file => basename(file, '.ts'))
  if (!names.includes(name))
    throw new ConfigError(`There is no measurement “${name}”; there are: ${names.join(', ')}.`)
  const stopping = listenForStop()
  const shared: Pick<Launch, 'steps' | 'closings'> = { steps: openSteps(), closings: [] }
  try {
    await ensurePrograms(shared.steps, [...NEEDS, ...TEST_NEEDS], stopping.asked)
    await ensureDatabaseClient(shared.steps, stopping.asked)
    await ensurePages(shared.steps, '', stopping.asked)
    const environment = await openTestDatabase(shared, [])
    const script = [join('test', 'bench', `${name}.ts`), ...options]
    process.exitCode = await runScript(script, environment, stopping.asked)
  } finally {
    await closeAll(shared)
  }
}

import { diskCheck } from '#lib/checks/disk-check.ts'
import { memoryCheck } from '#lib/checks/memory-check.ts'
import type { Config } from '#lib/config.ts'
import type { DataPaths } from '#lib/data-paths.ts'
import { type Check, passed } from '#lib/vocabulary/check.ts'
import { findEngineRoot } from '../start/engine-root.ts'
import { runningInstance } from '../start/instance.ts'
import { nightshiftVersion } from '../versions.ts'
import { engineChecks } from './engine-checks.ts'
import { machineFontsCheck } from './machine-fonts-check.ts'
import { portCheck } from './port-check.ts'
import { sandboxCheck } from './sandbox-check.ts'
import { serviceChecks } from './service-checks.ts'

/** Everything that can be asked from this machine, whether a Nightshift runs here or not. */
export async function findChecks(config: Config, paths: DataPaths): Promise<Check[]> {
  const engineRoot = await findEngineRoot(config)
  const instance = runningInstance(paths.instance)
  const found = await Promise.all([
    passed('nightshift', 'Nightshift', nightshiftVersion()),
    passed('node', 'Node', process.versions.node),
    engineChecks(config, engineRoot),
    machineFontsCheck(engineRoot),
    sandboxCheck(config, engineRoot),
    serviceChecks(config, instance),
    instanceCheck(paths, instance),
    portCheck(config, instance),
    diskCheck(config.dataDir, config.diskReserveBytes),
    memoryCheck(config),
  ])
  return found.flat().filter(check => check !== undefined)
}

function instanceCheck(paths: DataPaths, running: ReturnType<typeof runningInstance>): Check {
  if (!running) return passed('instance', 'Instance', `none runs on ${paths.dataDir}`)
  return passed('instance', 'Instance', `runs with pid ${running.launcher.pid}, ${running.url ?? 'starting'}`)
}

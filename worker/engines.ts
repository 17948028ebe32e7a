import type { Config } from '#lib/config.ts'
import type { Engine } from './engine.ts'
import { type SpawnEngineOptions, spawnEngine } from './engines/spawn.ts'

/** The engine that the configuration names. */
export function engineFor(name: Config['engine'], options: SpawnEngineOptions): Engine {
  switch (name) {
    case 'spawn':
      return spawnEngine(options)
  }
}

import type pg from 'pg'
import { answeredWithin } from '../jobs/deadline.ts'
import { againIfDropped } from '../postgres/again-if-dropped.ts'
import { AppError } from '../vocabulary/errors.ts'
import { PRESETS } from '../vocabulary/formats.ts'
import type { Options } from '../vocabulary/job.ts'

/** More than a user would ever scroll through. */
const MOST_PRESETS = 50

/** Settings that their owner saved under a name. */
export interface OwnPreset {
  name: string
  target: string
  options: Options
}

export interface Presets {
  /** Sorted by name. */
  list(owner: string): Promise<OwnPreset[]>
  /** Saves a preset; one of the same name is replaced. @throws AppError `name_taken`, `too_many_presets` */
  save(owner: string, preset: OwnPreset): Promise<void>
  /** @throws AppError `preset_not_found` */
  remove(owner: string, name: string): Promise<void>
}

const LIST = 'SELECT name, target, options FROM presets WHERE owner = $1 ORDER BY name'
const SAVE = `
  INSERT INTO presets (owner, name, target, options) SELECT $1, $2, $3, $4
  WHERE (SELECT count(*) FROM presets WHERE owner = $1 AND name <> $2) < ${MOST_PRESETS}
  ON CONFLICT (owner, name) DO UPDATE SET target = excluded.target, options = excluded.options`
const REMOVE = 'DELETE FROM presets WHERE owner = $1 AND name = $2'

/** Over the connections of the jobs; the database must be migrated. `deadlineMs` as for `openPostgresJobs`. */
export function openPresets(pool: pg.Pool, deadlineMs?: number): Presets {
  const ask = answeredWithin(deadlineMs)((statement: string, values: unknown[]) =>
    againIfDropped(() => pool.query<OwnPreset>(statement, values)),
  )
  return {
    list: async owner => (await ask(LIST, [owner])).rows,
    async save(owner, { name, target, options }) {
      if (PRESETS.some(preset => preset.name === name))
        throw new AppError('name_taken', { details: { name } })
      const { rowCount } = await ask(SAVE, [owner, name, target, options])
      if (!rowCount) throw new AppError('too_many_presets', { details: { limit: MOST_PRESETS } })
    },
    async remove(owner, name) {
      const { rowCount } = await ask(REMOVE, [owner, name])
      if (!rowCount) throw new AppError('preset_not_found', { details: { name } })
    },
  }
}

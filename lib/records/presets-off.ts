import { AppError } from '../vocabulary/errors.ts'
import type { Presets } from './presets.ts'

const refuse = async () => {
  throw new AppError('no_database', { details: { what: 'Presets' } })
}

/** The presets of a Nightshift without a database. @throws AppError `no_database` from every call */
export const PRESETS_OFF: Presets = { list: refuse, save: refuse, remove: refuse }

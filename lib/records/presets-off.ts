import { AppError } from '../vocabulary/errors.ts'
import type { Presets } from './presets.ts'

const refuse = async () => {
  throw new AppError('presets_off')
}

/** The presets of a Nightshift without a database. @throws AppError `presets_off` from every call */
export const PRESETS_OFF: Presets = { list: refuse, save: refuse, remove: refuse }

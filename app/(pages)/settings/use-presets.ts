import { useEffect, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { call } from '../live/call.ts'
import { type ConversionSettings, withoutTransient } from './conversion-settings.ts'

export type SavedPreset = ConversionSettings & { name: string }

export interface PresetsState {
  own: readonly SavedPreset[]
  /** Whether this Nightshift has a database to keep presets in. */
  areKept: boolean
  /** Saves a preset. Resolves to the refusal, or to null after success. */
  save(name: string, settings: ConversionSettings): Promise<JobError | null>
  /** Deletes a preset. Resolves to the refusal, or to null after success. */
  remove(name: string): Promise<JobError | null>
}

/** The presets that this browser's owner has saved. */
export function usePresets(): PresetsState {
  const [own, setOwn] = useState<readonly SavedPreset[]>([])
  const [areKept, setKept] = useState(true)
  useEffect(() => {
    let isHere = true
    void call('GET', '/api/presets').then(({ refused, body }) => {
      if (!isHere) return
      if (refused) setKept(refused.code !== 'presets_off')
      else setOwn((body as { presets: SavedPreset[] }).presets)
    })
    return () => {
      isHere = false
    }
  }, [])
  const others = (name: string) => own.filter(preset => preset.name !== name)
  return {
    own,
    areKept,
    async save(name, settings) {
      const { refused, body } = await call('PUT', addressOf(name), { json: withoutTransient(settings) })
      if (!refused) setOwn([...others(name), body as SavedPreset].sort((a, b) => (a.name < b.name ? -1 : 1)))
      return refused
    },
    async remove(name) {
      const { refused } = await call('DELETE', addressOf(name))
      if (!refused) setOwn(others(name))
      return refused
    },
  }
}

const addressOf = (name: string) => `/api/presets/${encodeURIComponent(name)}`

import { useEffect, useState } from 'react'
import type { JobError } from '#lib/jobs.ts'
import { call } from '../live/call.ts'
import { lasting, type Wish } from './wish.ts'

export type OwnPreset = Wish & { name: string }

export interface Presets {
  own: readonly OwnPreset[]
  /** Gives what was refused, null when it was done. */
  save(name: string, wish: Wish): Promise<JobError | null>
  /** Gives what was refused, null when it was done. */
  remove(name: string): Promise<JobError | null>
}

/** The presets that this browser's owner has saved. */
export function usePresets(): Presets {
  const [own, setOwn] = useState<readonly OwnPreset[]>([])
  useEffect(() => {
    let isHere = true
    void call('GET', '/api/presets').then(({ refused, body }) => {
      if (isHere && !refused) setOwn((body as { presets: OwnPreset[] }).presets)
    })
    return () => {
      isHere = false
    }
  }, [])
  const others = (name: string) => own.filter(preset => preset.name !== name)
  return {
    own,
    async save(name, wish) {
      const { refused, body } = await call('PUT', addressOf(name), { json: lasting(wish) })
      if (!refused) setOwn([...others(name), body as OwnPreset].sort((a, b) => (a.name < b.name ? -1 : 1)))
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

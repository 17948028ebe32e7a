import { useSyncExternalStore } from 'react'
import { SETTINGS_KEY } from '../live/storage-keys.ts'
import {
  type ConversionSettings,
  DEFAULT_SETTINGS,
  storedSettings,
  withoutTransient,
} from './conversion-settings.ts'

const listeners = new Set<() => void>()
/** Passwords are kept only here and end with the tab. */
let current: ConversionSettings | undefined

/** The settings of this tab, stored in the browser without passwords for the next visit. */
export function useSettings(): [ConversionSettings, (settings: ConversionSettings) => void] {
  return [useSyncExternalStore(subscribe, read, () => DEFAULT_SETTINGS), write]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): ConversionSettings {
  current ??= storedSettings(stored())
  return current
}

function write(settings: ConversionSettings): void {
  current = settings
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(withoutTransient(settings)))
  } catch {
    // A browser that stores nothing loses the settings with the tab.
  }
  for (const listener of listeners) listener()
}

function stored(): string | null {
  try {
    return localStorage.getItem(SETTINGS_KEY)
  } catch {
    return null
  }
}
